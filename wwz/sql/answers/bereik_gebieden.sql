-- Per gebied van één niveau: wie er binnen een afstand van één soort voorziening woont.
-- $binnen: codes van gebieden; $niveau: buurt, wijk of gemeente; $bereik; $meter; $groep: inwoners, 65plus of een
-- doelgroep. Kolommen als in bereik_groepen; zonder meting is het aandeel leeg.

with samen as (
    select *, verborgen(bereik_minimum($bereik, $groep), teller) as te_weinig
    from bereik_samen([], $bereik, $groep)
    where meter = $meter and teller is not null and dekking >= (select dekking_minimaal from regel)
)

select
    d.code as gebied, d.naam, s.jaar, s.noemer, s.dekking, coalesce(s.te_weinig, false) as verborgen, s.geteld,
    s.herkomst,
    case when not s.te_weinig then s.teller end as teller,
    case when not s.te_weinig then s.teller_onder end as teller_onder,
    case when not s.te_weinig then s.teller_boven end as teller_boven,
    case when not s.te_weinig then s.teller / s.noemer end as aandeel
from gebieden_in($binnen, $niveau) d
left join samen s on s.gebied = d.code
where not d.water
order by d.naam, d.code;
