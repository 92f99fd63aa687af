-- Hoeveel mensen een randvoorwaarde missen en nodig hebben, opgeteld over de buurten en doelgroepen van een gebied: de
-- lijst van de agenda, in haar volgorde. $buurten: codes; $o_…: wat de gemeente opgeeft (zie rules/63_opgave.sql).
-- Eén rij per randvoorwaarde en graad. bekend: van welk deel van wie haar nodig heeft bekend is of zij er is (0 tot 1);
-- genoeg: of dat genoeg is om iets van het gebied te zeggen. mensen, onder, boven: wie haar mist, leeg als er niet
-- genoeg bekend is; bekend_mensen: hetzelfde van het deel dat bekend is, ook als het niet genoeg is. onbekend_nodig,
-- onbekend_onder, onbekend_tot: wie haar nodig heeft waar het niet bekend is; onbekend: of zo iemand er is.
-- nodig: wie haar nodig heeft. Aantallen zijn leeg waar het om te weinig mensen gaat: verborgen, bekend_verborgen,
-- onbekend_verborgen. niemand: niemand mist haar, en dat is overal bekend. voor_wie: doelgroepen, de grootste eerst;
-- mantelzorg: hun situaties, leeg als die verschillen. begrensd: niet genoeg bekend, en met
-- de grenzen erbij zegt het wel iets; dan missen haar minst (met alle marges) tot meest mensen, leeg waar het er te
-- weinig zijn om te tonen (minst_verborgen, meest_verborgen); zeker, mogelijk: welk deel van wie haar nodig heeft haar
-- minstens en hooguit mist; grens_hoe: uit welke soorten meetregels, met een komma ertussen.

with cel as materialized (
    select {'randvoorwaarde': randvoorwaarde, 'graad': graad} as sleutel, *
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
),

zonder_rij as (
    select sleutel, buurt, cluster, zonder as mensen, onder, boven, spreiding from cel
),

nodig_rij as (
    select
        sleutel, buurt, cluster, nodig as mensen, nodig_onder as onder, nodig_boven as boven,
        nodig_spreiding as spreiding
    from cel
),

onbekend_rij as (
    select
        sleutel, buurt, cluster, nodig as mensen, nodig_onder as onder, nodig_boven as boven,
        nodig_spreiding as spreiding
    from cel where onbekend
),

minst_rij as (
    select sleutel, buurt, cluster, minst as mensen, minst_onder as onder, minst as boven, nodig_spreiding as spreiding
    from cel
),

meest_rij as (
    select sleutel, buurt, cluster, meest as mensen, meest as onder, meest_boven as boven, nodig_spreiding as spreiding
    from cel
),

grenzen as (
    select
        sleutel, bool_or(begrensd) as iets_begrensd,
        sum(nodig * deel_minst(aandeel_onder, grens_onder)) / nullif(sum(nodig), 0) as zeker,
        sum(nodig * deel_meest(aandeel_boven, grens_boven)) / nullif(sum(nodig), 0) as mogelijk
    from cel
    group by sleutel
),

grens_redenen as (
    select sleutel, string_agg(hoe, ',' order by hoe) as grens_hoe
    from (
        select distinct sleutel, unnest([grens_hoe_onder, grens_hoe_boven]) as hoe from cel where begrensd
    )
    where hoe is not null
    group by sleutel
),

over as (
    select
        sleutel, max(jaar) as jaar, bool_or(eigen_eis) as eigen_eis, count(zonder) > 0 as iets_bekend,
        coalesce(round(1 - sum(nodig) filter (onbekend) / nullif(sum(nodig), 0), 6), 1) as bekend,
        hoe_samen(hoe, nodig) as hoe
    from cel
    group by sleutel
),

oordeel_over as (
    select
        o.*, o.iets_bekend and o.bekend >= r.dekking_minimaal as genoeg,
        g.zeker, g.mogelijk, not genoeg and g.iets_begrensd and grens_zegt(g.zeker, g.mogelijk) as begrensd
    from over o
    join grenzen g on g.sleutel = o.sleutel
    cross join regel r
),

groep as (
    select
        c.sleutel, c.doelgroep, max(c.mantelzorg) as mantelzorg,
        round(case when o.genoeg then coalesce(sum(c.zonder), sum(c.nodig)) else sum(c.nodig) end, 6) as omvang
    from cel c
    join oordeel_over o on o.sleutel = c.sleutel
    group by c.sleutel, c.doelgroep, o.genoeg
),

wie as (
    select
        sleutel, list(doelgroep order by omvang desc, doelgroep) as voor_wie,
        case when count(distinct mantelzorg) = 1 then max(mantelzorg) else '' end as mantelzorg
    from groep
    group by sleutel
),

bron_rij as (
    select sleutel, bron, coalesce(max(tekort_jaar), max(jaar)) as jaar
    from cel where not onbekend and bron is not null group by sleutel, bron
    union
    select sleutel, unnest([grens_bron, grens_bron_ook]), unnest([grens_jaar, grens_jaar_ook]) from cel where begrensd
),

bronnen as (
    -- Op volgorde: anders noemt elke vraag dezelfde bronnen anders.
    select sleutel, string_agg(bron, ' · ' order by bron) as bron
    from (select distinct sleutel, bronregel(bron, jaar) as bron from bron_rij where bron is not null)
    group by sleutel
)

select
    r.code as randvoorwaarde, o.sleutel.graad as graad, r.titel, r.groep, r.volgorde, r.meetnoot, r.hoe_uitzoeken,
    r.norm_m::double as norm_m, o.eigen_eis,
    o.jaar, o.bekend, o.genoeg, o.iets_bekend,
    case when o.genoeg then o.hoe when o.begrensd then 'begrensd' else 'onbekend' end as hoe,
    case when o.genoeg then z.mensen end as mensen, case when o.genoeg then z.onder end as onder,
    case when o.genoeg then z.boven end as boven,
    coalesce(o.genoeg and z.verborgen, false) as verborgen, z.mensen as bekend_mensen,
    coalesce(z.verborgen, false) as bekend_verborgen,
    n.mensen as nodig, u.mensen as onbekend_nodig, u.onder as onbekend_onder, u.boven as onbekend_tot,
    coalesce(u.verborgen, false) as onbekend_verborgen,
    coalesce(u.aantal_boven, 0) >= 0.5 as onbekend,
    coalesce(o.genoeg and z.aantal < 0.5 and coalesce(u.aantal_boven, 0) < 0.5, false) as niemand,
    o.begrensd, case when o.begrensd then coalesce(a.onder, 0) end as minst,
    coalesce(o.begrensd and a.verborgen, false) as minst_verborgen, case when o.begrensd then m.boven end as meest,
    coalesce(o.begrensd and m.verborgen, false) as meest_verborgen, coalesce(h.grens_hoe, '') as grens_hoe,
    case when (o.genoeg or o.begrensd) and not n.verborgen then o.zeker end as zeker,
    case when (o.genoeg or o.begrensd) and not n.verborgen then o.mogelijk end as mogelijk,
    w.voor_wie, w.mantelzorg, coalesce(b.bron, '') as bron
from oordeel_over o
join randvoorwaarde r on r.code = o.sleutel.randvoorwaarde
join mensen_per('nodig_rij') n on n.sleutel = o.sleutel
left join mensen_per('zonder_rij') z on z.sleutel = o.sleutel
left join mensen_per('onbekend_rij') u on u.sleutel = o.sleutel
left join mensen_per('minst_rij') a on a.sleutel = o.sleutel
left join mensen_per('meest_rij') m on m.sleutel = o.sleutel
left join grens_redenen h on h.sleutel = o.sleutel and o.begrensd
join wie w on w.sleutel = o.sleutel
left join bronnen b on b.sleutel = o.sleutel
-- Bekend voor begrensd voor onbekend, en dan de meeste mensen: van een grens die haar zeker missen.
order by
    o.sleutel.graad, not o.genoeg, not o.begrensd,
    round(case when o.genoeg then z.aantal when o.begrensd then a.aantal_onder else u.aantal end, 6) desc nulls last,
    round(case when o.begrensd then m.aantal end, 6) desc nulls last,
    r.volgorde;
