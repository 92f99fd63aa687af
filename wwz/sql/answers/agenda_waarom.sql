-- Waarom dit getal? De drie getallen waaruit het aantal mensen zonder een randvoorwaarde volgt, per doelgroep (de
-- mantelzorgsituaties met deze graad samen). mensen x mantelzorg x zonder = uitkomst, precies. Waar onbekend is of zij er
-- is, staan alleen de eerste twee: rij met bekend = false, nodig = wie haar daar nodig heeft, hoogstens = hooguit.
-- $randvoorwaarde leeg: wie minstens één noodzakelijke mist waarvan het gemeten of opgegeven is (de kop).
-- $buurten: codes; $graad: N of W; $o_…: wat de gemeente opgeeft. aandelen van 0 tot 1; marges nog zonder toeval.

with cel as (
    select
        buurt, doelgroep, cluster, mantelzorg, jaar, mensen, mensen_onder, mensen_boven, mz, mz_onder, mz_boven, not onbekend as bekend, nodig, hoogstens,
        nodig_spreiding, spreiding, spreiding_van(mensen, 1, geteld) as mensen_spreiding,
        aandeel, aandeel_onder, aandeel_boven, zonder, onder, boven, hoe, bron, tekort_jaar
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where randvoorwaarde = $randvoorwaarde and graad = $graad
    union all
    select
        buurt, doelgroep, cluster, mantelzorg, jaar, mensen, mensen_onder, mensen_boven, mz, mz_onder, mz_boven, true, mensen * mz, mensen_boven * mz_boven,
        spreiding_van(mensen, mz, geteld), spreiding, spreiding_van(mensen, 1, geteld),
        deel, deel_onder, deel_boven, zonder, onder, boven, 'gemengd', null, null
    from gemis_samen_met($buurten, false, 'samen', $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where $randvoorwaarde = ''
),

geteld as (
    select
        doelgroep, any_value(cluster) as cluster, max(mantelzorg) as mantelzorg, bekend, max(jaar) as jaar, sum(mensen) as mensen, sum(mensen_onder) as mensen_onder,
        sum(mensen_boven) as mensen_boven, sum(mensen * mz) / nullif(sum(mensen), 0) as mz,
        sum(mensen * mz_onder) / nullif(sum(mensen), 0) as mz_onder, sum(mensen * mz_boven) / nullif(sum(mensen), 0) as mz_boven,
        sum(zonder) / nullif(sum(nodig), 0) as zonder, sum(nodig * aandeel_onder) / nullif(sum(nodig), 0) as zonder_onder,
        sum(nodig * aandeel_boven) / nullif(sum(nodig), 0) as zonder_boven,
        case when count(distinct hoe) > 1 then 'gemengd' else max(hoe) end as hoe, max(tekort_jaar) as zonder_jaar, max(bron) as zonder_bron,
        sum(nodig) as nodig, sum(hoogstens) as hoogstens, sum(zonder) as uitkomst, sum(onder) as onder, sum(boven) as boven, count(*) as buurten,
        sum(mensen_spreiding) as mensen_spreiding, sum(nodig_spreiding) as nodig_spreiding, sum(spreiding) as spreiding
    from cel
    group by doelgroep, bekend
),

-- Hoe groot een doelgroep is, schatten wij, of de gemeente heeft geteld.
omvang as (
    select d.doelgroep, case when count(distinct c.soort) = 1 then max(c.soort) else 'geschat' end as soort, max(bronregel(c.bron, c.jaar)) as bron,
        case when bool_and(c.soort = 'opgegeven') then max(e.jaar)::bigint end as peiljaar
    from doelgroep_buurt d
    join cijfer c on c.gebied = d.buurt and c.jaar = d.jaar and c.indicator = 'dg_' || replace(d.doelgroep, '-', '_')
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
    g.* exclude (zonder_bron), o.soort as omvang_soort, coalesce(o.peiljaar, g.jaar) as omvang_jaar, 'Omvang van de doelgroep: ' || o.bron as omvang_bron, z.soort as mantelzorg_soort,
    z.bron as mantelzorg_bron,
    case when g.zonder_bron is not null and g.zonder_jaar is not null then bronregel(g.zonder_bron, g.zonder_jaar) end as bron
from geteld g
left join omvang o on o.doelgroep = g.doelgroep
left join zorg z on z.doelgroep = g.doelgroep
order by g.bekend desc, coalesce(g.uitkomst, g.nodig) desc, g.doelgroep;
