-- Hoeveel gebieden er zijn, van alle niveaus samen. Eén rij.

select count(*) as gebieden from gebied;
