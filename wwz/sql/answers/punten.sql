-- Voorzieningen als punten. $soorten: codes; een lege lijst geeft alles. lat en lon in graden.

select p.soort, v.titel, p.naam, p.lat, p.lon, p.rolstoel, p.bestand
from punt p
join voorziening v on v.code = p.soort
where len($soorten) = 0 or p.soort in (select unnest($soorten))
order by p.soort, p.lat, p.lon;
