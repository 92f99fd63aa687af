-- Gemeenten in een gebied waar de lijst met punten van één soort voorziening niet volledig lijkt. $buurten: codes;
-- $bereik.

select o.naam, o.km_punten, o.km_cbs
from bereik_onvolledig o
where o.bereik = $bereik and o.gemeente in (select gemeente from gebied where code in (select unnest($buurten)))
order by o.naam;
