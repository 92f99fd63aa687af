-- Wat er gelezen is. Eén rij per tabel in een bestand.

select naam, onderdeel, soort, familie, jaar, indeling, jaar_uit, rijen, tabel, versie, opgehaald, licentie
from bestand order by bestand;
