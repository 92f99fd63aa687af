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
select d.deel, m.randvoorwaarde, coalesce(sum(m.nodig) filter (not m.onbekend), 0) / sum(m.nodig) as bekend
from gemis_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) m
join deel_van(indelingen) d on d.buurt = m.buurt
where m.graad = 'N'
group by d.deel, m.randvoorwaarde
having sum(m.nodig) > 0;

-- Wie minstens één noodzakelijke randvoorwaarde mist waarvan genoeg bekend is, per deel, buurt en doelgroep. Midden:
-- alsof het een los van het ander ontbreekt. Ondergrens: alsof steeds dezelfde mensen iets missen. Bovengrens: steeds
-- anderen. met_aanname: of ook telt wat alleen op een ruwe aanname rust (zie is_aanname). indelingen: waarvan genoeg
-- bekend moet zijn, zie deel_van.
create macro gemis_samen_met(buurten, met_aanname, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar)
    as table
with per_situatie as (
    select
        v.deel, p.buurt, p.doelgroep, k.cluster, p.mantelzorg, p.jaar, p.groep, p.mensen, p.mensen_onder,
        p.mensen_boven, p.geteld, p.mz, p.mz_onder,
        p.mz_boven, p.alle_onder, p.alle_boven, 1 - product(1 - t.aandeel) as aandeel, max(t.onder) as aandeel_onder,
        least(1, sum(t.boven)) as aandeel_boven
    from vraag_met(buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = 'N'
    join deel_van(indelingen) v on v.buurt = p.buurt
    join bekend_met(buurten, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) b
        on b.randvoorwaarde = e.randvoorwaarde and b.deel = v.deel and b.bekend >= (select dekking_minimaal from regel)
    join doelgroep_cluster k on k.doelgroep = p.doelgroep
    join tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
        on t.buurt = p.buurt and t.randvoorwaarde = e.randvoorwaarde and t.leeftijd = leeftijd_van(k.cluster)
            and t.aandeel is not null
        and (met_aanname or not is_aanname(t.hoe))
    group by
        v.deel, p.buurt, p.doelgroep, k.cluster, p.mantelzorg, p.jaar, p.groep, p.mensen, p.mensen_onder,
        p.mensen_boven, p.geteld, p.mz, p.mz_onder,
        p.mz_boven, p.alle_onder, p.alle_boven
),

-- De situaties samen, zoals in nodig_met: rust het getal op één randvoorwaarde, dan is het precies dat van haar.
per_groep as (
    select
        deel, buurt, doelgroep, cluster, jaar, groep, mensen, mensen_onder, mensen_boven, geteld, sum(mz) as mz,
        mz_samen_onder(sum(mz), sum(mz_onder), sum(mz_boven), alle_boven) as mz_onder,
        mz_samen_boven(sum(mz), sum(mz_onder), sum(mz_boven), alle_onder) as mz_boven,
        string_agg(mantelzorg, '|' order by mantelzorg) as mantelzorg,
        coalesce(sum(mz * aandeel) / nullif(sum(mz), 0), 0) as aandeel,
        coalesce(sum(mz * least(aandeel, aandeel_onder)) / nullif(sum(mz), 0), 0) as aandeel_onder,
        coalesce(sum(mz * greatest(aandeel, aandeel_boven)) / nullif(sum(mz), 0), 0) as aandeel_boven
    from per_situatie
    group by
        deel, buurt, doelgroep, cluster, jaar, groep, mensen, mensen_onder, mensen_boven, geteld, alle_onder, alle_boven
)

select
    *, mensen * mz * aandeel as zonder, gemis_onder(mensen, mensen_onder, mz, mz_onder, aandeel, aandeel_onder)
        as onder,
    gemis_boven(mensen, mensen_boven, mz, mz_boven, aandeel, aandeel_boven) as boven,
    spreiding_van(mensen, mz * aandeel, geteld) as spreiding
from per_groep;

-- Hetzelfde opgeteld: een rij per deel. Meer mensen dan er in die buurten wonen, kan niet. inwoners en dekking: hoeveel
-- mensen er wonen waar iets bekend is, en welk deel van allen dat is (0 tot 1).
create macro gemis_per(buurten, met_aanname, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar)
    as table
with gemis_rij as (
    select deel as sleutel, buurt, cluster, jaar, zonder as mensen, onder, boven, spreiding
    from gemis_samen_met(buurten, met_aanname, indelingen, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar)
),

plek as (
    select v.deel, v.buurt, i.inwoners, i.jaar as inwoners_jaar, r.jaar, r.buurt is not null as telt
    from deel_van(indelingen) v
    left join (select sleutel, buurt, max(jaar) as jaar from gemis_rij group by sleutel, buurt) r on r.sleutel = v.deel
        and r.buurt = v.buurt
    left join inwoners_nu i on i.gebied = v.buurt
    where len(buurten) = 0 or list_contains(buurten, v.buurt)
),

waar as (
    select
        deel, max(jaar) as jaar, sum(inwoners) filter (telt) as inwoners,
        min(inwoners_jaar) filter (telt) as inwoners_jaar,
        coalesce(sum(inwoners) filter (telt) / nullif(sum(inwoners), 0), 0) as dekking
    from plek
    group by deel
)

select
    m.sleutel as deel, w.jaar, w.inwoners, w.inwoners_jaar, w.dekking, m.verborgen, m.aantal, m.aantal_onder,
    hooguit(m.aantal_boven, w.inwoners) as aantal_boven, m.mensen,
    m.onder, hooguit(m.boven, w.inwoners) as boven
from mensen_per('gemis_rij') m
join waar w on w.deel = m.sleutel;
