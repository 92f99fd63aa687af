-- Mantelzorgsituatie van één doelgroep. $buurten: codes; $doelgroep: code; $niveau: buurt, of samen voor alles bij elkaar.
-- Eén rij per gebied en situatie: aandeel, onder, boven (procent) en mensen, met marge. Leeg waar het om te weinig mensen gaat
-- (verborgen), of waar de omvang van de doelgroep niet getoond wordt (beschermd).

with deel as (
    select
        case when $niveau = 'samen' then 'samen' else p.buurt end as gebied, p.mantelzorg, sum(p.mensen) as groep, sum(p.mensen * p.mz) as mensen,
        100 * sum(p.mensen * p.mz) / nullif(sum(p.mensen), 0) as aandeel, 100 * sum(p.mensen * p.mz_onder) / nullif(sum(p.mensen), 0) as onder,
        100 * sum(p.mensen * p.mz_boven) / nullif(sum(p.mensen), 0) as boven,
        sum(gemis_onder(p.mensen, p.mensen_onder, p.mz, p.mz_onder, 1, 1)) as vast_onder,
        sum(gemis_boven(p.mensen, p.mensen_boven, p.mz, p.mz_boven, 1, 1)) as vast_boven, sum(spreiding_van(p.mensen, p.mz, p.geteld)) as spreiding
    from mensen_met($buurten) p
    where p.doelgroep = $doelgroep
    group by all
),

-- Wie een groep verborgen buurten doorsnijdt, krijgt geen aantallen (figures/45_privacy.sql).
beschermd as (
    select b.code
    from (
        select case when $niveau = 'samen' then 'samen' else buurt end as code, buurt from (select unnest($buurten) as buurt)
    ) b
    join verborgen_lid v on v.buurt = b.buurt and v.indicator = 'dg_' || replace($doelgroep, '-', '_')
    join (select indicator, jaar, groep, count(*) as buurten from verborgen_lid group by all) g
        on g.indicator = v.indicator and g.jaar = v.jaar and g.groep = v.groep
    group by b.code, v.jaar, v.groep, g.buurten
    having count(*) < g.buurten
)

select
    d.gebied, coalesce(g.naam, 'samen') as naam, d.mantelzorg, d.aandeel, d.onder, d.boven,
    d.groep < (select minimum from regel) as verborgen, b.code is not null as beschermd,
    case when b.code is null and d.mensen >= (select minimum from regel) then d.mensen end as mensen,
    case when b.code is null and d.mensen >= (select minimum from regel) then onder_met(d.mensen, d.vast_onder, toeval_uit(d.spreiding)) end as mensen_onder,
    case when b.code is null and d.mensen >= (select minimum from regel) then boven_met(d.mensen, d.vast_boven, toeval_uit(d.spreiding)) end as mensen_boven
from deel d
left join gebied g on g.code = d.gebied
left join (select distinct code from beschermd) b on b.code = d.gebied
order by d.gebied, list_position(['inwonend', 'uitwonend', 'geen'], d.mantelzorg);
