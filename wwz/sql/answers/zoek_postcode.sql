-- In welke buurten een postcode ligt, en welk deel (0 tot 1) van haar huisnummers in elk. $postcode: vier cijfers, met
-- of zonder
-- (een deel van) de letters. Van elke postcode telt de nieuwste indeling. bekend: of de buurt in de gegevens staat.

with nieuwste as (
    select postcode, buurt, adressen
    from postcode_buurt
    where starts_with(postcode, $postcode)
    qualify rank() over (partition by postcode order by jaar desc nulls last) = 1
),

opgeteld as (
    select buurt, sum(adressen) as adressen from nieuwste group by buurt
)

select o.buurt as code, o.adressen / sum(o.adressen) over () as deel, g.code is not null as bekend
from opgeteld o
left join gebied g on g.code = o.buurt
order by deel desc, code;
