-- Welke soorten voorzieningen als punten zijn ingelezen, en hoeveel.

select p.soort, v.titel, count(*) as aantal
from punt p join voorziening v on v.code = p.soort group by all order by v.titel;
