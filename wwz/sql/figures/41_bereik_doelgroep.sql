-- Alle metingen van bereik bij elkaar, per buurt en groep: uit punten, en anders uit de gemiddelde afstand (dan is het
-- deel van de 65-plussers niet apart bekend).

create view bereik_alles as
select buurt, bereik, groep, meter, binnen, binnen_onder, binnen_boven, herkomst, netwerk
from bereik_marge
union all
select buurt, bereik, 'inwoners', meter, binnen, least(binnen, binnen_onder), greatest(binnen, binnen_boven), 'gemiddelde', 0
from bereik_uit_gemiddelde;

-- Wie er per buurt wonen: alle inwoners, 65-plussers, en elke doelgroep. leeftijd: van wie het deel binnen bereik komt.
create view bereik_wie as
select buurt, groep, groep as leeftijd, mensen, mensen as onder, mensen as boven, jaar, true as geteld
from bereik_mensen
where mensen > 0
union all
select d.buurt, d.doelgroep, leeftijd_van(c.cluster), d.mensen, d.mensen_onder, d.mensen_boven, d.jaar, d.geteld
from doelgroep_buurt d
join doelgroep_cluster c on c.doelgroep = d.doelgroep;

-- Mensen binnen bereik per gebied, opgeteld over hun buurten. leden: buurten, of een lege lijst voor alle gebieden.
-- De marges van buurten gaan samen omhoog of omlaag. dekking: deel van de mensen in een buurt waar het bekend is. Is het
-- deel van de 65-plussers niet apart bekend, dan geldt dat van alle inwoners.
create macro bereik_samen(leden, welk_bereik, welke_groep) as table
with lid as (
    select gebied, buurt from gebied_buurt where len(leden) = 0
    union all
    select 'samen', unnest(leden)
),

cel as (
    select l.gebied, w.groep, w.leeftijd, b.meter, w.buurt, w.mensen, w.onder, w.boven, w.jaar, w.geteld as omvang_geteld
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
    left join bereik_alles a on a.buurt = c.buurt and a.bereik = welk_bereik and a.meter = c.meter and a.groep = c.leeftijd
    left join bereik_alles i on i.buurt = c.buurt and i.bereik = welk_bereik and i.meter = c.meter and i.groep = 'inwoners' and a.buurt is null
),

samen as (
    select
        gebied, groep, meter, max(jaar) as jaar, sum(mensen) filter (binnen is not null) as noemer, sum(mensen * binnen) as teller,
        ondergrens(sum(mensen * binnen - productmarge(mensen, mensen - onder, binnen, binnen - binnen_onder, 1, 0))) as teller_onder,
        sum(mensen * binnen + productmarge(mensen, boven - mensen, binnen, binnen_boven - binnen, 1, 0)) as teller_boven,
        coalesce(sum(mensen) filter (binnen is not null) / nullif(sum(mensen), 0), 0) as dekking, bool_or(groep = leeftijd) as geteld,
        sum(case when groep = leeftijd then 0 else spreiding_van(mensen, binnen, omvang_geteld) end) as spreiding,
        case when count(distinct herkomst) = 1 then any_value(herkomst) else 'gemengd' end as herkomst
    from gemeten
    group by gebied, groep, meter
),

-- Wie van een doelgroep binnen bereik woont, is ook toeval. Van inwoners weten wij waar zij wonen.
met_toeval as (
    select *, toeval_uit(spreiding) as toeval
    from samen
)

select
    * exclude (toeval, spreiding, teller_onder, teller_boven), case when toeval > 0 then onder_met(teller, teller_onder, toeval) else teller_onder end as teller_onder,
    case when toeval > 0 then boven_met(teller, teller_boven, toeval) else teller_boven end as teller_boven
from met_toeval;

-- Hoeveel mensen van een groep het minstens moeten zijn om te tonen: wie dicht bij een winkel woont is geen geheim, wie bij een
-- doelgroep hoort wel. Welk minimum geldt, staat bij de indicatoren.
create macro bereik_minimum(welk_bereik, welke_groep) as (
    select max(i.minimum) from indicator i
    where case when welke_groep in ('inwoners', '65plus') then i.laag = 'bereik_' || welk_bereik else i.code = 'dg_' || replace(welke_groep, '-', '_') end
);
