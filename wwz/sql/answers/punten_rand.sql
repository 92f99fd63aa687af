-- Plekken langs de rand van voorzieningen die een vlak zijn (x en y in RD-meters), met de voorziening (soort, lat,
-- lon). $soorten: codes.

select p.soort, p.lat, p.lon, r.x, r.y
from punt_rand r
join punt p on p.id = r.id
where p.soort in (select unnest($soorten))
order by p.soort, p.lat, p.lon, r.x, r.y;
