-- Waarom dit getal? De getallen waaruit het aantal mensen zonder een randvoorwaarde volgt, per doelgroep (de
-- mantelzorgsituaties met deze graad samen). groep x deel = mensen, en mensen x mz x zonder = uitkomst, precies. Waar
-- onbekend is of zij er is (bekend = false), is uitkomst wie haar daar nodig heeft. $randvoorwaarde leeg: wie minstens
-- één noodzakelijke mist waarvan het gemeten of opgegeven is (de kop). $buurten: codes; $graad: N of W; $meeste: zo
-- veel rijen hooguit; $o_…: wat de gemeente opgeeft. aandelen van 0 tot 1. Rijen over te weinig mensen, of te veel
-- rijen, zijn leeg (tonen = false). Op elke rij hetzelfde: samen…: alles wat bekend is bij elkaar;
-- grens_onder, grens_boven: welk deel haar minstens en hooguit mist, waar zij begrensd is;
-- rest, rest_groepen: de rijen die niet te zien zijn.

with cel as materialized (
    select
        {'doelgroep': doelgroep, 'bekend': not onbekend} as sleutel, not onbekend as bekend, buurt, cluster,
        mantelzorg, jaar,
        groep, mensen, mensen_onder,
        mensen_boven, geteld, mz, mz_onder, mz_boven, nodig, aandeel, aandeel_onder, aandeel_boven,
        case when onbekend then nodig else zonder end as uitkomst,
        case when onbekend then nodig_onder else onder end as onder,
        case when onbekend then nodig_boven else boven end as boven,
        case when onbekend then nodig_spreiding else spreiding end as spreiding, hoe,
        coalesce(bron, grens_bron) as bron,
        coalesce(tekort_jaar, grens_jaar) as tekort_jaar, begrensd, grens_onder, grens_boven
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where randvoorwaarde = $randvoorwaarde and graad = $graad
    union all
    select
        {'doelgroep': doelgroep, 'bekend': true}, true, buurt, cluster, mantelzorg, jaar, groep, mensen, mensen_onder,
        mensen_boven, geteld, mz, mz_onder, mz_boven,
        mensen * mz, aandeel, aandeel_onder, aandeel_boven, zonder, onder, boven, spreiding, 'gemengd', null, null,
        false, null, null
    from gemis_samen_met($buurten, [false], ['samen'], $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where $randvoorwaarde = ''
),

uitkomst_rij as (
    select sleutel, buurt, cluster, uitkomst as mensen, onder, boven, spreiding from cel
),

omvang_rij as (
    select
        sleutel, buurt, cluster, mensen, mensen_onder as onder, mensen_boven as boven,
        spreiding_van(mensen, 1, geteld) as spreiding
    from cel
),

delen as (
    select
        sleutel, max(mantelzorg) as mantelzorg, max(jaar) as jaar, sum(groep) as groep,
        sum(mensen) / nullif(sum(groep), 0) as deel,
        sum(mensen * mz) / nullif(sum(mensen), 0) as mz, sum(mensen * mz_onder) / nullif(sum(mensen), 0) as mz_onder,
        sum(mensen * mz_boven) / nullif(sum(mensen), 0) as mz_boven,
        sum(uitkomst) filter (bekend) / nullif(sum(nodig), 0) as zonder,
        sum(nodig * aandeel_onder) / nullif(sum(nodig), 0) as zonder_onder,
        sum(nodig * aandeel_boven) / nullif(sum(nodig), 0) as zonder_boven,
        case when bool_or(begrensd) then sum(nodig * coalesce(grens_onder, 0)) / nullif(sum(nodig), 0) end
            as grens_onder,
        case when bool_or(begrensd) then sum(nodig * coalesce(grens_boven, 1)) / nullif(sum(nodig), 0) end
            as grens_boven,
        case when count(distinct hoe) > 1 then 'gemengd' else max(hoe) end as hoe, max(tekort_jaar) as zonder_jaar,
        max(bron) as zonder_bron
    from cel
    group by sleutel
),

geordend as materialized (
    select
        d.*, o.mensen, o.onder as mensen_onder, o.boven as mensen_boven, u.mensen as uitkomst, u.onder, u.boven,
        not o.verborgen and not u.verborgen as toonbaar,
        row_number() over (order by toonbaar desc, d.sleutel.bekend desc, round(u.aantal, 6) desc, d.sleutel.doelgroep)
            as rang, toonbaar and rang <= $meeste as tonen
    from delen d
    join mensen_per('omvang_rij') o on o.sleutel = d.sleutel
    join mensen_per('uitkomst_rij') u on u.sleutel = d.sleutel
),

samen_rij as (
    select 'samen' as sleutel, buurt, cluster, uitkomst as mensen, onder, boven, spreiding from cel where bekend
),

rest_rij as (
    select 'rest' as sleutel, c.buurt, c.cluster, c.uitkomst as mensen, c.onder, c.boven, c.spreiding
    from cel c
    join geordend g on g.sleutel = c.sleutel and not g.tonen
    where c.bekend
),

-- Hoe groot een doelgroep is, schatten wij, of de gemeente heeft geteld.
omvang as (
    select
        d.doelgroep, case when count(distinct c.soort) = 1 then max(c.soort) else 'geschat' end as soort,
        max(bronregel(c.bron, c.jaar)) as bron,
        case when bool_and(c.soort = 'opgegeven') then max(e.jaar)::bigint end as peiljaar
    from doelgroep_buurt d
    join doelgroep_cluster k on k.doelgroep = d.doelgroep
    join cijfer c on c.gebied = d.buurt and c.jaar = d.jaar and c.indicator = k.indicator
    left join (select distinct nummer, jaar from eigen_open where nieuwste) e on c.bron = 'opgave_' || e.nummer
    where d.buurt in (select unnest($buurten))
    group by d.doelgroep
),

-- Wie mantelzorg heeft, is onze eigen schatting.
zorg as (
    select m.doelgroep, max(m.soort) as soort, 'Mantelzorg: ' || bronregel('schatting', max(d.jaar)) as bron
    from mantelzorg_aandeel m
    join doelgroep_buurt d on d.buurt = m.gebied and d.doelgroep = m.doelgroep
    where m.gebied in (select unnest($buurten))
    group by m.doelgroep
)

select
    g.sleutel.doelgroep as doelgroep, g.sleutel.bekend as bekend, g.tonen, g.mantelzorg,
    case when g.tonen then g.groep end as groep,
    case when g.tonen then g.deel end as deel, case when g.tonen then g.mensen end as mensen,
    case when g.tonen then g.mensen_onder end as mensen_onder,
    case when g.tonen then g.mensen_boven end as mensen_boven, case when g.tonen then g.mz end as mz,
    case when g.tonen then g.mz_onder end as mz_onder,
    case when g.tonen then g.mz_boven end as mz_boven, case when g.tonen then g.zonder end as zonder,
    case when g.tonen then g.zonder_onder end as zonder_onder,
    case when g.tonen then g.zonder_boven end as zonder_boven, case when g.tonen then g.grens_onder end as grens_onder,
    case when g.tonen then g.grens_boven end as grens_boven, g.hoe, g.zonder_jaar,
    case when g.tonen then g.uitkomst end as uitkomst,
    case when g.tonen then g.onder end as onder, case when g.tonen then g.boven end as boven,
    s.mensen as samen, s.onder as samen_onder, s.boven as samen_boven, r.mensen as rest,
    (select count(*) from geordend where not tonen and sleutel.bekend) as rest_groepen, o.soort as omvang_soort,
    coalesce(o.peiljaar, g.jaar) as omvang_jaar, 'Omvang van de doelgroep: ' || o.bron as omvang_bron,
    z.soort as mantelzorg_soort, z.bron as mantelzorg_bron,
    case when g.deel < 1 then 'Wie van de doelgroep dit nodig heeft: ' || bronregel(v.bron, v.jaar) end as deel_bron,
    v.soort as deel_soort,
    case when g.zonder_bron is not null and g.zonder_jaar is not null then bronregel(g.zonder_bron, g.zonder_jaar) end
        as bron
from geordend g
left join omvang o on o.doelgroep = g.sleutel.doelgroep
left join zorg z on z.doelgroep = g.sleutel.doelgroep
left join doelgroep_vraag v on v.doelgroep = g.sleutel.doelgroep
left join mensen_per('samen_rij') s on true
left join mensen_per('rest_rij') r on true
order by g.rang;
