-- Wegdelen uit de BGT, als punten langs hun rand.

select x, y, breedte, soort, jaar from stoep order by x, y, breedte;
