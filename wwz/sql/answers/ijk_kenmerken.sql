-- De kenmerken van elke buurt, voor het ijken: één rij per buurt en kenmerk, waarde zoals in figures/30_kenmerk.sql.

select gebied, kenmerk, waarde
from kenmerk
where jaar = (select max(jaar) from schatting_jaar where gepubliceerd)
order by gebied, kenmerk;
