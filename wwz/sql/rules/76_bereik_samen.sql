-- Mensen binnen bereik per gebied, opgeteld over hun buurten. leden: buurten, of een lege lijst voor alle gebieden.
-- De marges van buurten gaan samen omhoog of omlaag. dekking: deel van de mensen in een buurt waar het bekend is. Is
-- het deel van de 65-plussers niet apart bekend, dan geldt dat van alle inwoners.
create macro bereik_samen(leden, welk_bereik, welke_groep) as table
with lid as (
    select gebied, buurt from gebied_buurt where len(leden) = 0
    union all
    select 'samen', unnest(leden)
),

cel as (
    select
        l.gebied, w.groep, w.leeftijd, b.meter, w.buurt, w.mensen, w.onder, w.boven, w.jaar, w.geteld as omvang_geteld
    from lid l
    join bereik_wie w on w.buurt = l.buurt
    cross join (select distinct meter from bereik where code = welk_bereik) b
    where welke_groep = '' or w.groep = welke_groep
),

gemeten as (
    select
        c.*, coalesce(a.binnen, i.binnen) as binnen, coalesce(a.binnen_onder, i.binnen_onder) as binnen_onder,
        coalesce(a.binnen_boven, i.binnen_boven) as binnen_boven, coalesce(a.herkomst, i.herkomst) as herkomst
    from cel c
    left join bereik_alles a on a.buurt = c.buurt and a.bereik = welk_bereik and a.meter = c.meter
        and a.groep = c.leeftijd
    left join bereik_alles i on i.buurt = c.buurt and i.bereik = welk_bereik and i.meter = c.meter
        and i.groep = 'inwoners' and a.buurt is null
),

-- Wie van een doelgroep binnen bereik woont, is ook toeval. Van inwoners weten wij waar zij wonen.
binnen_rij as (
    select
        gebied || '|' || groep || '|' || meter as sleutel, buurt, groep as cluster,
        mensen * binnen as mensen,
        deel_onder(mensen, onder, binnen, binnen_onder) as onder,
        deel_boven(mensen, boven, binnen, binnen_boven) as boven,
        case when groep = leeftijd then 0 else spreiding_van(mensen, binnen, omvang_geteld) end as spreiding
    from gemeten
),

over as (
    select
        gebied || '|' || groep || '|' || meter as sleutel, gebied, groep, meter, max(jaar) as jaar,
        sum(mensen) filter (binnen is not null) as noemer,
        coalesce(sum(mensen) filter (binnen is not null) / nullif(sum(mensen), 0), 0) as dekking,
        bool_or(groep = leeftijd) as geteld,
        case when count(distinct herkomst) = 1 then max(herkomst) else 'gemengd' end as herkomst
    from gemeten
    group by gebied, groep, meter
)

select
    o.gebied, o.groep, o.meter, o.jaar, o.noemer, o.dekking,
    o.geteld, o.herkomst, m.aantal as teller,
    m.aantal_onder as teller_onder, m.aantal_boven as teller_boven
from over o
left join mensen_per('binnen_rij') m on m.sleutel = o.sleutel;

-- Hoeveel mensen van een groep het minstens moeten zijn om te tonen: wie dicht bij een winkel woont is geen geheim, wie
-- bij een doelgroep hoort wel. Welk minimum geldt, staat bij de indicatoren.
create macro bereik_minimum(welk_bereik, welke_groep) as (
    select max(i.minimum) from indicator i
    where case when welke_groep in ('inwoners', '65plus') then i.laag = 'bereik_' || welk_bereik
        else i.code = (select k.indicator from doelgroep_cluster k where k.doelgroep = welke_groep) end
);
