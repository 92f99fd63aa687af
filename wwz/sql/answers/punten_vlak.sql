-- Het vlak (WKB, RD-meters) van voorzieningen die een vlak zijn, met de voorziening (soort, lat, lon).
-- $soorten: codes.

select p.soort, p.lat, p.lon, v.vlak
from punt_vlak v
join punt p on p.id = v.id
where p.soort in (select unnest($soorten))
order by p.soort, p.lat, p.lon;
