-- Wat er gelezen is. Eén rij per tabel in een bestand.

select naam, onderdeel, soort, familie, jaar, indeling, jaar_uit, rijen from bestand order by bestand;
