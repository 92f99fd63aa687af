-- Wie een randvoorwaarde nodig heeft of mist, per buurt en doelgroep. Hoe dat optelt, staat in mensen_per
-- (20_macro.sql).

create macro gemis_onder(mensen, mensen_onder, mz, mz_onder, deel, deel_onder) as ondergrens(
    mensen * mz * deel - productmarge(mensen, mensen - mensen_onder, mz, mz - mz_onder, deel, deel - deel_onder)
);

-- Meer mensen dan de doelgroep in deze situatie hooguit telt, kan niet.
create macro gemis_boven(mensen, mensen_boven, mz, mz_boven, deel, deel_boven) as hooguit(
    mensen * mz * deel + productmarge(mensen, mensen_boven - mensen, mz, mz_boven - mz, deel, deel_boven - deel),
    mensen_boven * mz_boven
);

-- Welk deel haar minstens en hooguit mist: wat bekend is, anders de grens, anders niemand en iedereen.
create macro deel_minst(bekend, grens) as coalesce(bekend, grens, 0);

create macro deel_meest(bekend, grens) as coalesce(bekend, grens, 1);

-- Zegt een grens iets? Waar niets bekend is, telt al als niemand en als iedereen.
create macro grens_zegt(zeker, mogelijk) as
    zeker >= (select grens_minimaal from oordeel) or mogelijk <= 1 - (select grens_minimaal from oordeel);

-- Wie haar nodig heeft (nodig_met), met wat bekend is. nodig…: wie haar nodig heeft; zonder, onder, boven: wie haar
-- mist, leeg waar dat onbekend is. begrensd: niet bekend, wel een grens (62_begrensd); minst…, meest…: zo veel missen
-- haar minstens en hooguit, ook waar het bekend is of waar niets bekend is. Marges zonder toeval; dat volgt uit de
-- spreiding, als alles is opgeteld. Parameters als in tekort_met.
create macro gemis_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
select
    n.*, n.mensen * n.mz as nodig, gemis_onder(n.mensen, n.mensen_onder, n.mz, n.mz_onder, 1, 1) as nodig_onder,
    gemis_boven(n.mensen, n.mensen_boven, n.mz, n.mz_boven, 1, 1) as nodig_boven, t.aandeel is null as onbekend,
    t.aandeel is null and g.buurt is not null as begrensd, g.onder as grens_onder, g.boven as grens_boven,
    n.mensen * n.mz * deel_minst(t.aandeel, g.onder) as minst,
    gemis_onder(n.mensen, n.mensen_onder, n.mz, n.mz_onder, deel_minst(t.aandeel, g.onder),
        deel_minst(t.onder, g.onder)) as minst_onder,
    n.mensen * n.mz * deel_meest(t.aandeel, g.boven) as meest,
    gemis_boven(n.mensen, n.mensen_boven, n.mz, n.mz_boven, deel_meest(t.aandeel, g.boven),
        deel_meest(t.boven, g.boven)) as meest_boven,
    g.hoe_onder as grens_hoe_onder, g.hoe_boven as grens_hoe_boven, g.bron as grens_bron, g.jaar as grens_jaar,
    g.bron_ook as grens_bron_ook, g.jaar_ook as grens_jaar_ook,
    t.aandeel,
    t.onder as aandeel_onder, t.boven as aandeel_boven, n.mensen * n.mz * t.aandeel as zonder,
    gemis_onder(n.mensen, n.mensen_onder, n.mz, n.mz_onder, t.aandeel, t.onder) as onder,
    gemis_boven(n.mensen, n.mensen_boven, n.mz, n.mz_boven, t.aandeel, t.boven) as boven,
    spreiding_van(n.mensen, n.mz, n.geteld) as nodig_spreiding,
    spreiding_van(n.mensen, n.mz * t.aandeel, n.geteld) as spreiding,
    case when t.aandeel is not null then t.hoe end as hoe, t.bron, t.jaar as tekort_jaar, d.cluster
from nodig_met(buurten) n
left join doelgroep_cluster d on d.doelgroep = n.doelgroep
left join tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
    on t.buurt = n.buurt and t.randvoorwaarde = n.randvoorwaarde and t.leeftijd = leeftijd_van(d.cluster)
-- Wat bekend is of is opgegeven, gaat voor op een grens.
left join begrensd g on g.buurt = n.buurt and g.randvoorwaarde = n.randvoorwaarde and t.aandeel is null;

-- Cellen (gemis_met, met een sleutel waarover wordt opgeteld) bij elkaar: een rij per sleutel, en daarin wie haar mist
-- (zonder), nodig heeft (nodig, en onbekend: waar het niet bekend is), en minst en meest mist, elk zoals mensen_per ze
-- geeft; leeg als die er niet zijn. rijen: de naam van een tabel of stap. Eerst worden de cellen van een cluster
-- in een buurt opgeteld: zo hoeft dat maar één keer.
create macro gemis_opgeteld(rijen) as table
with cluster_rij as materialized (
    select
        sleutel, buurt, cluster, sum(zonder) as zonder, sum(onder) as onder, sum(boven) as boven,
        sum(spreiding) as spreiding,
        sum(nodig) as nodig, sum(nodig_onder) as nodig_onder, sum(nodig_boven) as nodig_boven,
        sum(nodig_spreiding) as nodig_spreiding, sum(nodig) filter (onbekend) as open,
        sum(nodig_onder) filter (onbekend) as open_onder, sum(nodig_boven) filter (onbekend) as open_boven,
        sum(nodig_spreiding) filter (onbekend) as open_spreiding, sum(minst) as minst, sum(minst_onder) as minst_onder,
        sum(meest) as meest, sum(meest_boven) as meest_boven
    from query_table(rijen)
    group by sleutel, buurt, cluster
),

soort_rij as (
    select
        unnest([
            {'sleutel': {'om': sleutel, 'soort': 'zonder'}, 'mensen': zonder, 'onder': onder, 'boven': boven,
                'spreiding': spreiding},
            {'sleutel': {'om': sleutel, 'soort': 'nodig'}, 'mensen': nodig, 'onder': nodig_onder,
                'boven': nodig_boven, 'spreiding': nodig_spreiding},
            {'sleutel': {'om': sleutel, 'soort': 'onbekend'}, 'mensen': open, 'onder': open_onder,
                'boven': open_boven, 'spreiding': open_spreiding},
            {'sleutel': {'om': sleutel, 'soort': 'minst'}, 'mensen': minst, 'onder': minst_onder, 'boven': minst,
                'spreiding': nodig_spreiding},
            {'sleutel': {'om': sleutel, 'soort': 'meest'}, 'mensen': meest, 'onder': meest, 'boven': meest_boven,
                'spreiding': nodig_spreiding}
        ], recursive := false) as rij,
        buurt, cluster
    from cluster_rij
),

mensen_rij as (
    select
        rij.sleutel as sleutel, buurt, cluster, rij.mensen as mensen, rij.onder as onder, rij.boven as boven,
        rij.spreiding as spreiding
    from soort_rij
)

select
    m.sleutel.om as sleutel, max(m) filter (m.sleutel.soort = 'zonder') as zonder,
    max(m) filter (m.sleutel.soort = 'nodig') as nodig,
    max(m) filter (m.sleutel.soort = 'onbekend') as onbekend,
    max(m) filter (m.sleutel.soort = 'minst') as minst, max(m) filter (m.sleutel.soort = 'meest') as meest
from mensen_per('mensen_rij') m
group by m.sleutel.om;

-- Waarover samen iets te zeggen is: alles bij elkaar (indelingen is ['samen'], deel is leeg), of elk gebied van deze
-- niveaus. Een buurt kan bij meer gebieden horen.
create macro deel_van(indelingen) as table
select b.buurt, b.gebied as deel
from gebied_buurt b
join gebied g on g.code = b.gebied and list_contains(indelingen, g.niveau)
union all
select b.buurt, ''
from gebied_buurt b join gebied g on g.code = b.gebied and g.kleinste and list_contains(indelingen, 'samen');

-- Van welk deel van wie een noodzakelijke randvoorwaarde nodig heeft, bekend is of zij er is (0 tot 1).
create macro bekend_met(buurten, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
with per_buurt as (
    select
        n.buurt, n.randvoorwaarde, sum(n.mensen * n.mz) as nodig,
        sum(n.mensen * n.mz) filter (t.aandeel is not null) as bekend
    from nodig_met(buurten) n
    left join doelgroep_cluster k on k.doelgroep = n.doelgroep
    left join tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
        on t.buurt = n.buurt and t.randvoorwaarde = n.randvoorwaarde and t.leeftijd = leeftijd_van(k.cluster)
    where n.graad = 'N'
    group by n.buurt, n.randvoorwaarde
)

select d.deel, p.randvoorwaarde, coalesce(sum(p.bekend), 0) / sum(p.nodig) as bekend
from per_buurt p
join deel_van(indelingen) d on d.buurt = p.buurt
group by d.deel, p.randvoorwaarde
having sum(p.nodig) > 0;

-- Wie minstens één noodzakelijke randvoorwaarde mist waarvan genoeg bekend is, per deel, buurt en doelgroep. Midden:
-- alsof het een los van het ander ontbreekt. Ondergrens: alsof steeds dezelfde mensen iets missen. Bovengrens: steeds
-- anderen. aannames: of ook telt wat alleen op een ruwe aanname rust (zie is_aanname); voor elk van deze lijst apart
-- (met_aanname). indelingen: waarvan genoeg bekend moet zijn, zie deel_van.
create macro gemis_samen_met(buurten, aannames, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar)
    as table
with telt as (
    select a.met_aanname, v.deel, v.buurt, t.randvoorwaarde, t.leeftijd, t.aandeel, t.onder, t.boven
    from tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
    join deel_van(indelingen) v on v.buurt = t.buurt
    join bekend_met(buurten, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) b
        on b.randvoorwaarde = t.randvoorwaarde and b.deel = v.deel and b.bekend >= (select dekking_minimaal from regel)
    join (select unnest(aannames) as met_aanname) a on a.met_aanname or not is_aanname(t.hoe)
    where t.aandeel is not null
),

per_situatie as (
    select
        t.met_aanname, t.deel, t.buurt, e.doelgroep, k.cluster, e.mantelzorg, 1 - product(1 - t.aandeel) as aandeel,
        max(t.onder) as aandeel_onder, least(1, sum(t.boven)) as aandeel_boven
    from telt t
    join doelgroep_cluster k on t.leeftijd = leeftijd_van(k.cluster)
    join eis e on e.doelgroep = k.doelgroep and e.randvoorwaarde = t.randvoorwaarde and e.graad = 'N'
    group by t.met_aanname, t.deel, t.buurt, e.doelgroep, k.cluster, e.mantelzorg
),

-- De situaties samen, zoals in nodig_met: rust het getal op één randvoorwaarde, dan is het precies dat van haar.
per_groep as (
    select
        s.met_aanname, s.deel, s.buurt, s.doelgroep, s.cluster, max(p.jaar) as jaar, max(p.groep) as groep,
        max(p.mensen) as mensen, max(p.mensen_onder) as mensen_onder,
        max(p.mensen_boven) as mensen_boven, bool_or(p.geteld) as geteld, sum(p.mz) as mz,
        mz_samen_onder(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), max(p.alle_boven)) as mz_onder,
        mz_samen_boven(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), max(p.alle_onder)) as mz_boven,
        string_agg(p.mantelzorg, '|' order by p.mantelzorg) as mantelzorg,
        coalesce(sum(p.mz * s.aandeel) / nullif(sum(p.mz), 0), 0) as aandeel,
        coalesce(sum(p.mz * least(s.aandeel, s.aandeel_onder)) / nullif(sum(p.mz), 0), 0) as aandeel_onder,
        coalesce(sum(p.mz * greatest(s.aandeel, s.aandeel_boven)) / nullif(sum(p.mz), 0), 0) as aandeel_boven
    from per_situatie s
    join vraag_met(buurten) p on p.buurt = s.buurt and p.doelgroep = s.doelgroep and p.mantelzorg = s.mantelzorg
    group by s.met_aanname, s.deel, s.buurt, s.doelgroep, s.cluster
)

select
    *, mensen * mz * aandeel as zonder, gemis_onder(mensen, mensen_onder, mz, mz_onder, aandeel, aandeel_onder)
        as onder,
    gemis_boven(mensen, mensen_boven, mz, mz_boven, aandeel, aandeel_boven) as boven,
    spreiding_van(mensen, mz * aandeel, geteld) as spreiding
from per_groep;

-- Hetzelfde opgeteld: een rij per deel en met_aanname. cellen: de naam van een tabel of stap met wat gemis_samen_met
-- geeft. Meer mensen dan er in die buurten wonen, kan niet. inwoners en dekking: hoeveel mensen er wonen waar iets
-- bekend
-- is, en welk deel van allen dat is (0 tot 1).
create macro gemis_van(cellen, buurten, aannames, indelingen) as table
with gemis_rij as (
    select
        {'deel': deel, 'met_aanname': met_aanname} as sleutel, buurt, cluster, jaar, zonder as mensen, onder, boven,
        spreiding
    from query_table(cellen)
),

plek as (
    select
        {'deel': v.deel, 'met_aanname': a.met_aanname} as sleutel, v.buurt, i.inwoners, i.jaar as inwoners_jaar,
        r.jaar, r.buurt is not null as telt
    from deel_van(indelingen) v
    cross join (select unnest(aannames) as met_aanname) a
    left join (
        select sleutel.deel as deel, sleutel.met_aanname as met_aanname, buurt, max(jaar) as jaar
        from gemis_rij group by all
    ) r on r.deel = v.deel and r.met_aanname = a.met_aanname and r.buurt = v.buurt
    left join inwoners_nu i on i.gebied = v.buurt
    where len(buurten) = 0 or list_contains(buurten, v.buurt)
),

waar as (
    select
        sleutel, max(jaar) as jaar, sum(inwoners) filter (telt) as inwoners,
        min(inwoners_jaar) filter (telt) as inwoners_jaar,
        coalesce(sum(inwoners) filter (telt) / nullif(sum(inwoners), 0), 0) as dekking
    from plek
    group by sleutel
)

select
    m.sleutel.deel as deel, m.sleutel.met_aanname as met_aanname, w.jaar, w.inwoners, w.inwoners_jaar, w.dekking,
    m.verborgen, m.aantal, m.aantal_onder,
    hooguit(m.aantal_boven, w.inwoners) as aantal_boven, m.mensen,
    m.onder, hooguit(m.boven, w.inwoners) as boven
from mensen_per('gemis_rij') m
join waar w on w.sleutel = m.sleutel;

-- Hetzelfde, met de cellen erbij gevraagd.
create macro gemis_per(buurten, aannames, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar)
    as table
with samen_cel as (
    select * from gemis_samen_met(buurten, aannames, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel,
        o_jaar)
)

select * from gemis_van('samen_cel', buurten, aannames, indelingen);
