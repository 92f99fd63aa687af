-- De catalogus, met per indicator de jaren waarvan er cijfers zijn. Eén rij per indicator.

with jaren as (
    select
        indicator, list(jaar order by jaar desc) as jaren, max(jaar) filter (nieuwste) as nieuwste,
        max(buurten) filter (nieuwste) as buurten, bool_or(buurten > 0) as per_buurt,
        list(jaar order by jaar) filter (bijgewerkt) as bijgewerkt
    from indicator_jaar
    group by indicator
)

select
    i.*, coalesce(j.jaren, []) as jaren, j.nieuwste, coalesce(j.buurten, 0) as buurten,
    coalesce(j.per_buurt, false) as per_buurt,
    -- Jaren die nieuwer zijn dan het laatste gepubliceerde: daarvan is alleen onze schatting er.
    coalesce(j.bijgewerkt, []) as bijgewerkt,
    t.titel as thema_titel
from indicator i
join thema t on t.code = i.thema
left join jaren j on j.indicator = i.code
order by i.volgorde;
