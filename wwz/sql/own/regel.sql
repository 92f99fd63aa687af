-- Hoe klein een aantal mag zijn, en hoe nauwkeurig een verborgen aantal hoogstens te bepalen is (mensen).

select r.minimum, p.speling
from (select minimum from regel) r cross join (select max(speling) as speling from privacy_soort) p;
