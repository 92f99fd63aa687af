-- De buurt waarin postcodes liggen: in de nieuwste indeling, en waar de meeste adressen zijn. naam: zoals op het
-- scherm, of anders de code. $postcodes: welke.

select p.postcode, coalesce(g.naam, p.buurt) as naam
from postcode_buurt p
left join gebied g on g.code = p.buurt
where p.postcode in (select unnest($postcodes))
qualify row_number() over (partition by p.postcode order by p.jaar desc nulls last, p.adressen desc, p.buurt) = 1
order by p.postcode;
