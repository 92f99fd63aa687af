-- Waar een adres ligt (RD-meters), op postcode en huisnummer, en met een leeg huisnummer het midden van de postcode.

select postcode, huisnummer, avg(x) as x, avg(y) as y
from adres
where postcode is not null
group by grouping sets ((postcode, huisnummer), (postcode))
having postcode is not null
order by all;
