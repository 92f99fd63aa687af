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
-- geeft; leeg als die er niet zijn. rijen: de naam van een tabel of stap. Dezelfde stappen als in mensen_per, voor alle
-- vijf tegelijk: een kolom per soort is een vijfde van de rijen. Minst en meest verschillen van wie haar nodig heeft
-- alleen in het deel: hun spreiding is dezelfde.
create macro gemis_opgeteld(rijen) as table
with per_cluster as materialized (
    select
        sleutel, cluster, sum(zonder) as zonder, sum(onder) as zonder_onder, sum(boven) as zonder_boven,
        sum(spreiding) as zonder_spreiding,
        sum(nodig) as nodig, sum(nodig_onder) as nodig_onder, sum(nodig_boven) as nodig_boven,
        sum(nodig_spreiding) as nodig_spreiding, sum(nodig) filter (onbekend) as open,
        sum(nodig_onder) filter (onbekend) as open_onder, sum(nodig_boven) filter (onbekend) as open_boven,
        sum(nodig_spreiding) filter (onbekend) as open_spreiding, sum(minst) as minst, sum(minst_onder) as minst_onder,
        sum(meest) as meest, sum(meest_boven) as meest_boven
    from query_table(rijen)
    group by sleutel, cluster
),

-- Bij één cluster valt er niets samen.
meer as (
    select sleutel from per_cluster group by sleutel having count(*) > 1
),

per_buurt as (
    select
        r.sleutel, r.buurt, r.cluster, sum(r.zonder) as zonder, sum(r.boven) as zonder_boven, sum(r.nodig) as nodig,
        sum(r.nodig_boven) as nodig_boven, sum(r.nodig) filter (r.onbekend) as open,
        sum(r.nodig_boven) filter (r.onbekend) as open_boven, sum(r.minst) as minst, sum(r.meest) as meest,
        sum(r.meest_boven) as meest_boven
    from query_table(rijen) r
    join meer m on m.sleutel = r.sleutel
    group by r.sleutel, r.buurt, r.cluster
),

dubbel_los as (
    select
        r.sleutel, dubbel_van(r.zonder, s.deel) as zonder, dubbel_van(r.zonder_boven, s.deel) as zonder_boven,
        dubbel_van(r.nodig, s.deel) as nodig, dubbel_van(r.nodig_boven, s.deel) as nodig_boven,
        dubbel_van(r.open, s.deel) as open, dubbel_van(r.open_boven, s.deel) as open_boven,
        dubbel_van(r.minst, s.deel) as minst, dubbel_van(r.meest, s.deel) as meest,
        dubbel_van(r.meest_boven, s.deel) as meest_boven
    from per_buurt r
    join cluster_samen s on s.buurt = r.buurt and s.cluster = r.cluster
    group by r.sleutel, r.buurt, s.combinatie
    having count(*) > 1
),

dubbel as (
    select
        l.sleutel, sum(l.zonder) as zonder, sum(l.zonder_boven) / p.overlap_factor as zonder_boven,
        sum(l.nodig) as nodig, sum(l.nodig_boven) / p.overlap_factor as nodig_boven, sum(l.open) as open,
        sum(l.open_boven) / p.overlap_factor as open_boven, sum(l.minst) as minst,
        sum(l.minst) / p.overlap_factor as minst_boven, sum(l.meest) as meest,
        sum(l.meest_boven) / p.overlap_factor as meest_boven
    from dubbel_los l
    cross join persoon_regel p
    group by l.sleutel, p.overlap_factor
),

samen as (
    select
        c.sleutel, sum(c.zonder) - coalesce(max(d.zonder), 0) as zonder, max(c.zonder_onder) as zonder_onder,
        sum(c.zonder_boven) - coalesce(max(d.zonder_boven), 0) as zonder_boven,
        toeval_uit(sum(c.zonder_spreiding)) as zonder_toeval,
        sum(c.nodig) - coalesce(max(d.nodig), 0) as nodig, max(c.nodig_onder) as nodig_onder,
        sum(c.nodig_boven) - coalesce(max(d.nodig_boven), 0) as nodig_boven,
        toeval_uit(sum(c.nodig_spreiding)) as nodig_toeval,
        sum(c.open) - coalesce(max(d.open), 0) as open, max(c.open_onder) as open_onder,
        sum(c.open_boven) - coalesce(max(d.open_boven), 0) as open_boven,
        toeval_uit(sum(c.open_spreiding)) as open_toeval,
        sum(c.minst) - coalesce(max(d.minst), 0) as minst, max(c.minst_onder) as minst_onder,
        sum(c.minst) - coalesce(max(d.minst_boven), 0) as minst_boven,
        sum(c.meest) - coalesce(max(d.meest), 0) as meest, max(c.meest) as meest_onder,
        sum(c.meest_boven) - coalesce(max(d.meest_boven), 0) as meest_boven
    from per_cluster c
    left join dubbel d on d.sleutel = c.sleutel
    group by c.sleutel
)

select
    sleutel, mensen_met_toeval(zonder, zonder_onder, zonder_boven, zonder_toeval) as zonder,
    mensen_met_toeval(nodig, nodig_onder, nodig_boven, nodig_toeval) as nodig,
    mensen_met_toeval(open, open_onder, open_boven, open_toeval) as onbekend,
    mensen_met_toeval(minst, minst_onder, minst_boven, nodig_toeval) as minst,
    mensen_met_toeval(meest, meest_onder, meest_boven, nodig_toeval) as meest
from samen;

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

-- Wie minstens één noodzakelijke randvoorwaarde mist, minstens en hooguit, per buurt en doelgroep: van alle
-- randvoorwaarden, ook die alleen begrensd zijn, en zonder wat alleen op een ruwe aanname rust. Minstens: wie de
-- randvoorwaarde mist die de meeste mensen zeker missen (minst). Hooguit: steeds anderen; is van een van hen niets
-- bekend, dan iedereen (meest).
create macro gemis_grens_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
with bekend as materialized (
    select buurt, randvoorwaarde, leeftijd, aandeel, onder, boven
    from tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar)
    where aandeel is not null and not is_aanname(hoe)
),

per_situatie as (
    select
        p.buurt, e.doelgroep, k.cluster, e.mantelzorg, max(deel_minst(t.onder, g.onder)) as minst_onder,
        arg_max(deel_minst(t.aandeel, g.onder), deel_minst(t.onder, g.onder)) as minst,
        least(1, sum(deel_meest(t.boven, g.boven))) as meest
    from (select distinct buurt from doelgroep_buurt) p
    cross join (select * from eis where graad = 'N') e
    join doelgroep_cluster k on k.doelgroep = e.doelgroep
    left join bekend t
        on t.buurt = p.buurt and t.randvoorwaarde = e.randvoorwaarde and t.leeftijd = leeftijd_van(k.cluster)
    left join begrensd g on g.buurt = p.buurt and g.randvoorwaarde = e.randvoorwaarde and t.buurt is null
    where len(buurten) = 0 or p.buurt in (select unnest(buurten))
    group by p.buurt, e.doelgroep, k.cluster, e.mantelzorg
),

per_groep as (
    select
        s.buurt, s.doelgroep, s.cluster, max(p.mensen) as mensen, max(p.mensen_onder) as mensen_onder,
        max(p.mensen_boven) as mensen_boven, bool_or(p.geteld) as geteld, sum(p.mz) as mz,
        mz_samen_onder(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), max(p.alle_boven)) as mz_onder,
        mz_samen_boven(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), max(p.alle_onder)) as mz_boven,
        coalesce(sum(p.mz * s.minst) / nullif(sum(p.mz), 0), 0) as minst,
        coalesce(sum(p.mz * s.minst_onder) / nullif(sum(p.mz), 0), 0) as minst_onder,
        coalesce(sum(p.mz * s.meest) / nullif(sum(p.mz), 0), 0) as meest
    from per_situatie s
    join vraag_met(buurten) p on p.buurt = s.buurt and p.doelgroep = s.doelgroep and p.mantelzorg = s.mantelzorg
    group by s.buurt, s.doelgroep, s.cluster
)

select
    buurt, cluster, mensen * mz * minst as minst,
    gemis_onder(mensen, mensen_onder, mz, mz_onder, minst, minst_onder) as minst_onder,
    spreiding_van(mensen, mz * minst, geteld) as minst_spreiding, mensen * mz * meest as meest,
    gemis_boven(mensen, mensen_boven, mz, mz_boven, meest, meest) as meest_boven,
    spreiding_van(mensen, mz * meest, geteld) as meest_spreiding
from per_groep;

-- Hetzelfde opgeteld: een rij per deel en met_aanname. cellen: de naam van een tabel of stap met wat gemis_samen_met
-- geeft. Meer mensen dan er in die buurten wonen, kan niet. inwoners en dekking: hoeveel mensen er wonen waar iets
-- bekend is, en welk deel van allen dat is (0 tot 1).
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
