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
    select randvoorwaarde || '|' || graad as sleutel, *
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
),

opgeteld as materialized (select * from gemis_opgeteld('cel')),

-- Wat er van een randvoorwaarde te zeggen is volgt uit de doelgroepen die haar nodig hebben.
groep_rij as materialized (
    select
        sleutel, doelgroep, max(randvoorwaarde) as randvoorwaarde, max(graad) as graad,
        max(mantelzorg) as mantelzorg, sum(zonder) as zonder, sum(nodig) as nodig,
        sum(nodig) filter (onbekend) as open, max(jaar) as jaar, bool_or(eigen_eis) as eigen_eis,
        bool_or(begrensd) as iets_begrensd, sum(nodig * deel_minst(aandeel_onder, grens_onder)) as zeker,
        sum(nodig * deel_meest(aandeel_boven, grens_boven)) as mogelijk
    from cel
    group by sleutel, doelgroep
),

grens_redenen as (
    select sleutel, string_agg(hoe, ',' order by hoe) as grens_hoe
    from (
        select distinct sleutel, unnest([grens_hoe_onder, grens_hoe_boven]) as hoe from cel where begrensd
    )
    where hoe is not null
    group by sleutel
),

waaruit as (
    select sleutel, hoe_samen(hoe, nodig) as hoe from cel group by sleutel
),

over as (
    select
        sleutel, max(randvoorwaarde) as randvoorwaarde, max(graad) as graad, max(jaar) as jaar,
        bool_or(eigen_eis) as eigen_eis, count(zonder) > 0 as iets_bekend,
        coalesce(round(1 - sum(open) / nullif(sum(nodig), 0), 6), 1) as bekend,
        bool_or(iets_begrensd) as iets_begrensd, sum(zeker) / nullif(sum(nodig), 0) as zeker,
        sum(mogelijk) / nullif(sum(nodig), 0) as mogelijk
    from groep_rij
    group by sleutel
),

oordeel_over as (
    select
        o.*, w.hoe, o.iets_bekend and o.bekend >= r.dekking_minimaal as genoeg,
        not genoeg and o.iets_begrensd and grens_zegt(o.zeker, o.mogelijk) as begrensd
    from over o
    join waaruit w on w.sleutel = o.sleutel
    cross join regel r
),

groep as (
    select
        c.sleutel, c.doelgroep, c.mantelzorg,
        round(case when o.genoeg then coalesce(c.zonder, c.nodig) else c.nodig end, 6) as omvang
    from groep_rij c
    join oordeel_over o on o.sleutel = c.sleutel
),

wie as (
    select
        sleutel, list(doelgroep order by omvang desc, doelgroep) as voor_wie,
        case when count(distinct mantelzorg) = 1 then max(mantelzorg) else '' end as mantelzorg
    from groep
    group by sleutel
)

select
    r.code as randvoorwaarde, o.graad, r.titel, r.groep, r.volgorde, r.meetnoot, r.hoe_uitzoeken,
    r.norm_m::double as norm_m, o.eigen_eis,
    o.jaar, o.bekend, o.genoeg, o.iets_bekend,
    case when o.genoeg then o.hoe when o.begrensd then 'begrensd' else 'onbekend' end as hoe,
    case when o.genoeg then p.zonder.mensen end as mensen, case when o.genoeg then p.zonder.onder end as onder,
    case when o.genoeg then p.zonder.boven end as boven,
    coalesce(o.genoeg and p.zonder.verborgen, false) as verborgen, p.zonder.mensen as bekend_mensen,
    coalesce(p.zonder.verborgen, false) as bekend_verborgen,
    p.nodig.mensen as nodig, p.onbekend.mensen as onbekend_nodig, p.onbekend.onder as onbekend_onder,
    p.onbekend.boven as onbekend_tot,
    coalesce(p.onbekend.verborgen, false) as onbekend_verborgen,
    coalesce(p.onbekend.aantal_boven, 0) >= 0.5 as onbekend,
    coalesce(o.genoeg and p.zonder.aantal < 0.5 and coalesce(p.onbekend.aantal_boven, 0) < 0.5, false) as niemand,
    o.begrensd, case when o.begrensd then coalesce(p.minst.onder, 0) end as minst,
    coalesce(o.begrensd and p.minst.verborgen, false) as minst_verborgen,
    case when o.begrensd then p.meest.boven end as meest,
    coalesce(o.begrensd and p.meest.verborgen, false) as meest_verborgen, coalesce(h.grens_hoe, '') as grens_hoe,
    case when (o.genoeg or o.begrensd) and not p.nodig.verborgen then o.zeker end as zeker,
    case when (o.genoeg or o.begrensd) and not p.nodig.verborgen then o.mogelijk end as mogelijk,
    w.voor_wie, w.mantelzorg, coalesce(b.bron, '') as bron
from oordeel_over o
join randvoorwaarde r on r.code = o.randvoorwaarde
join opgeteld p on p.sleutel = o.sleutel and p.nodig is not null
left join grens_redenen h on h.sleutel = o.sleutel and o.begrensd
join wie w on w.sleutel = o.sleutel
left join gemis_bronnen('cel') b on b.sleutel = o.sleutel
-- Bekend voor begrensd voor onbekend, en dan de meeste mensen: van een grens die haar zeker missen.
order by
    o.graad, not o.genoeg, not o.begrensd,
    round(case when o.genoeg then p.zonder.aantal when o.begrensd then p.minst.aantal_onder else p.onbekend.aantal
        end, 6) desc nulls last,
    round(case when o.begrensd then p.meest.aantal end, 6) desc nulls last,
    r.volgorde;
