-- Wie een randvoorwaarde mist: één regel voor de lijst, de kaart, de tabel per wijk en "waarom dit getal".
-- Buurten tellen op. Ondergrens over doelgroepen: iemand kan bij twee clusters horen, dus telt alleen het grootste.

create macro gemis_onder(mensen, mensen_onder, mz, mz_onder, deel, deel_onder) as greatest(
    0, mensen * mz * deel - productmarge(mensen, mensen - mensen_onder, mz, mz - mz_onder, deel, deel - deel_onder)
);

-- Meer mensen dan de doelgroep in deze situatie hooguit telt, kan niet.
create macro gemis_boven(mensen, mensen_boven, mz, mz_boven, deel, deel_boven) as least(
    mensen_boven * mz_boven, mensen * mz * deel + productmarge(mensen, mensen_boven - mensen, mz, mz_boven - mz, deel, deel_boven - deel)
);

-- Wie een randvoorwaarde nodig heeft, per buurt, doelgroep en graad; de mantelzorgsituaties met die graad samen.
create macro nodig_met(buurten) as table
select
    p.buurt, p.doelgroep, e.randvoorwaarde, e.graad, any_value(p.jaar) as jaar, any_value(p.mensen) as mensen,
    any_value(p.mensen_onder) as mensen_onder, any_value(p.mensen_boven) as mensen_boven, any_value(p.geteld) as geteld, sum(p.mz) as mz,
    mz_samen_onder(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), any_value(p.alle_boven)) as mz_onder,
    mz_samen_boven(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), any_value(p.alle_onder)) as mz_boven,
    string_agg(p.mantelzorg, '|' order by p.mantelzorg) as mantelzorg,
    bool_or(e.eigen) as eigen_eis
from mensen_met(buurten) p
join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad in ('N', 'W')
group by p.buurt, p.doelgroep, e.randvoorwaarde, e.graad;

-- Daarbij wat bekend is. zonder, onder, boven: wie haar mist, leeg waar dat onbekend is. nodig, hoogstens: wie haar nodig
-- heeft, en hooguit. Marges zonder toeval; dat volgt uit de spreiding, als alles is opgeteld. Parameters als in tekort_met.
create macro gemis_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
select
    n.*, n.mensen * n.mz as nodig, n.mensen_boven * n.mz_boven as hoogstens, t.aandeel is null as onbekend, t.aandeel,
    t.onder as aandeel_onder, t.boven as aandeel_boven, n.mensen * n.mz * t.aandeel as zonder,
    case when t.aandeel is not null then gemis_onder(n.mensen, n.mensen_onder, n.mz, n.mz_onder, t.aandeel, t.onder) end as onder,
    case when t.aandeel is not null then gemis_boven(n.mensen, n.mensen_boven, n.mz, n.mz_boven, t.aandeel, t.boven) end as boven,
    spreiding_van(n.mensen, n.mz, n.geteld) as nodig_spreiding, spreiding_van(n.mensen, n.mz * t.aandeel, n.geteld) as spreiding,
    case when t.aandeel is not null then t.hoe end as hoe, t.bron, t.jaar as tekort_jaar, d.cluster
from nodig_met(buurten) n
left join doelgroep_cluster d on d.doelgroep = n.doelgroep
left join tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
    on t.buurt = n.buurt and t.randvoorwaarde = n.randvoorwaarde and t.leeftijd = leeftijd_van(d.cluster);

-- Waarover samen iets te zeggen is. indeling: samen (alles bij elkaar, deel is leeg), per kleinste gebied, of per wijk of gemeente.
create macro deel_van(indeling) as table
select b.buurt, case when indeling = 'samen' then '' else b.gebied end as deel
from gebied_buurt b
join gebied g on g.code = b.gebied and case when indeling in ('samen', 'kleinste') then g.kleinste else g.niveau = indeling end;

-- Van welk deel van wie een noodzakelijke randvoorwaarde nodig heeft, bekend is of zij er is (0 tot 1).
create macro bekend_met(buurten, indeling, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
select d.deel, m.randvoorwaarde, coalesce(sum(m.nodig) filter (not m.onbekend), 0) / sum(m.nodig) as bekend
from gemis_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) m
join deel_van(indeling) d on d.buurt = m.buurt
where m.graad = 'N'
group by d.deel, m.randvoorwaarde
having sum(m.nodig) > 0;

-- Wie minstens één noodzakelijke randvoorwaarde mist waarvan genoeg bekend is, per buurt en doelgroep. Midden: alsof het
-- een los van het ander ontbreekt. Ondergrens: alsof steeds dezelfde mensen iets missen. Bovengrens: steeds anderen.
-- met_aanname: of ook telt wat alleen op een ruwe aanname rust (zie is_aanname). indeling: waarvan genoeg bekend moet zijn, zie
-- deel_van.
create macro gemis_samen_met(buurten, met_aanname, indeling, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
with per_situatie as (
    select
        p.buurt, p.doelgroep, p.mantelzorg, any_value(p.jaar) as jaar, any_value(p.mensen) as mensen, any_value(p.mensen_onder) as mensen_onder,
        any_value(p.mensen_boven) as mensen_boven, any_value(p.geteld) as geteld, any_value(p.mz) as mz, any_value(p.mz_onder) as mz_onder, any_value(p.mz_boven) as mz_boven, any_value(p.alle_onder) as alle_onder, any_value(p.alle_boven) as alle_boven,
        1 - product(1 - t.aandeel) as deel, max(t.onder) as deel_onder, least(1, sum(t.boven)) as deel_boven
    from mensen_met(buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = 'N'
    join deel_van(indeling) v on v.buurt = p.buurt
    join bekend_met(buurten, indeling, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) b
        on b.randvoorwaarde = e.randvoorwaarde and b.deel = v.deel and b.bekend >= (select dekking_minimaal from regel)
    join doelgroep_cluster k on k.doelgroep = p.doelgroep
    join tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
        on t.buurt = p.buurt and t.randvoorwaarde = e.randvoorwaarde and t.leeftijd = leeftijd_van(k.cluster) and t.aandeel is not null
        and (met_aanname or not is_aanname(t.hoe))
    group by p.buurt, p.doelgroep, p.mantelzorg
),

-- De situaties samen, zoals in nodig_met: rust het getal op één randvoorwaarde, dan is het precies dat van haar.
per_groep as (
    select
        buurt, doelgroep, any_value(jaar) as jaar, any_value(mensen) as mensen, any_value(mensen_onder) as mensen_onder,
        any_value(mensen_boven) as mensen_boven, any_value(geteld) as geteld, sum(mz) as mz, mz_samen_onder(sum(mz), sum(mz_onder), sum(mz_boven), any_value(alle_boven)) as mz_onder, mz_samen_boven(sum(mz), sum(mz_onder), sum(mz_boven), any_value(alle_onder)) as mz_boven,
        string_agg(mantelzorg, '|' order by mantelzorg) as mantelzorg, coalesce(sum(mz * deel) / nullif(sum(mz), 0), 0) as deel,
        coalesce(sum(mz * least(deel, deel_onder)) / nullif(sum(mz), 0), 0) as deel_onder,
        coalesce(sum(mz * greatest(deel, deel_boven)) / nullif(sum(mz), 0), 0) as deel_boven
    from per_situatie
    group by buurt, doelgroep
)

select
    g.*, d.cluster, mensen * mz * deel as zonder, gemis_onder(mensen, mensen_onder, mz, mz_onder, deel, deel_onder) as onder,
    gemis_boven(mensen, mensen_boven, mz, mz_boven, deel, deel_boven) as boven, spreiding_van(mensen, mz * deel, geteld) as spreiding
from per_groep g
left join doelgroep_cluster d on d.doelgroep = g.doelgroep;
