-- Mantelzorgsituatie van één doelgroep. $buurten: codes; $doelgroep: code; $niveau: buurt, of samen voor alles bij
-- elkaar. Eén rij per gebied en situatie: aandeel, onder, boven (procent) en mensen, met marge. Leeg waar het om te
-- weinig mensen gaat (verborgen), of waar de omvang van de doelgroep niet getoond wordt (beschermd).

with cel as (
    select
        {'gebied': case when $niveau = 'samen' then 'samen' else buurt end, 'mantelzorg': mantelzorg} as sleutel,
        buurt, doelgroep as cluster, mensen, mz,
        mz_onder, mz_boven, gemis_onder(mensen, mensen_onder, mz, mz_onder, 1, 1) as onder,
        gemis_boven(mensen, mensen_boven, mz, mz_boven, 1, 1) as boven,
        spreiding_van(mensen, mz, geteld) as spreiding
    from mensen_met($buurten)
    where doelgroep = $doelgroep
),

situatie_rij as (
    select sleutel, buurt, cluster, mensen * mz as mensen, onder, boven, spreiding from cel
),

deel as (
    select
        sleutel, sum(mensen) as groep, 100 * sum(mensen * mz) / nullif(sum(mensen), 0) as aandeel,
        100 * sum(mensen * mz_onder) / nullif(sum(mensen), 0) as onder,
        100 * sum(mensen * mz_boven) / nullif(sum(mensen), 0) as boven
    from cel
    group by sleutel
),

-- Wie een groep verborgen buurten doorsnijdt, krijgt geen aantallen (figures/80_privacy.sql).
beschermd as (
    select b.code
    from (
        select case when $niveau = 'samen' then 'samen' else buurt end as code, buurt
        from (select unnest($buurten) as buurt)
    ) b
    join doelgroep_cluster k on k.doelgroep = $doelgroep
    join verborgen_lid v on v.buurt = b.buurt and v.indicator = k.indicator
    join (select indicator, jaar, groep, count(*) as buurten from verborgen_lid group by all) g
        on g.indicator = v.indicator and g.jaar = v.jaar and g.groep = v.groep
    group by b.code, v.jaar, v.groep, g.buurten
    having count(*) < g.buurten
)

select
    d.sleutel.gebied as gebied, coalesce(g.naam, 'samen') as naam, d.sleutel.mantelzorg as mantelzorg, d.aandeel,
    d.onder, d.boven,
    d.groep < (select minimum from regel) as verborgen, b.code is not null as beschermd,
    case when b.code is null then m.mensen end as mensen,
    case when b.code is null then m.onder end as mensen_onder, case when b.code is null then m.boven end as mensen_boven
from deel d
join mensen_per('situatie_rij') m on m.sleutel = d.sleutel
left join gebied g on g.code = d.sleutel.gebied
left join (select distinct code from beschermd) b on b.code = d.sleutel.gebied
order by gebied, list_position(['inwonend', 'uitwonend', 'geen'], d.sleutel.mantelzorg);
