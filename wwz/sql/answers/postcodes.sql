-- Waar adressen liggen (RD-meters), op postcode en huisnummer; met een leeg huisnummer het midden van de postcode.
-- $postcodes: welke.

select postcode, huisnummer, avg(x) as x, avg(y) as y
from adres
where postcode in (select unnest($postcodes))
group by grouping sets ((postcode, huisnummer), (postcode))
order by all;
