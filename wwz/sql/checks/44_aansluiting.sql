-- Geschatte buurten komen uit op het gepubliceerde aandeel van hun wijk, op een procentpunt na.
-- let op
-- Verschilt het meer, dan veranderde de wijk meestal sinds het jaar van het cijfer: haar cijfer gaat over andere
-- buurten.

with buurten as (
    select
        g.code as gebied, g.naam, w.indicator, w.jaar, w.waarde as wijk,
        i.per * sum(b.teller) / sum(b.noemer) as buurten, bool_or(b.wijze = 'model') as geschat
    from cijfer w
    join gebied g on g.code = w.gebied and g.niveau = 'wijk'
    join indicator i on i.code = w.indicator
    join gebied_buurt l on l.gebied = w.gebied
    left join cijfer b on b.gebied = l.buurt and b.indicator = w.indicator and b.jaar = w.jaar
    where w.soort = 'gepubliceerd' and w.indicator in (select indicator from model_indicator)
    group by g.code, g.naam, w.indicator, w.jaar, w.waarde, i.per
)

select gebied, naam, jaar, count(*) as cijfers, round(max(abs(buurten - wijk)), 1) as grootste_verschil
from buurten
where geschat and abs(buurten - wijk) > 1
group by gebied, naam, jaar
order by grootste_verschil desc, gebied;
