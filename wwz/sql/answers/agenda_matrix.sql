-- Per wijk (of een ander niveau) hoeveel mensen elke noodzakelijke randvoorwaarde missen.
-- $buurten: codes; $niveau: wijk of gemeente; $o_…: wat de gemeente opgeeft. Eén rij per gebied en randvoorwaarde.
-- mensen, onder, boven: leeg waar te weinig bekend is of het om te weinig mensen gaat (verborgen); nodig: wie haar
-- nodig heeft; bekend: van welk deel van hen het bekend is (0 tot 1); hoe: waaruit; begrensd: niet bekend, wel dat haar
-- minst tot meest mensen missen (leeg waar het er te weinig zijn om te tonen); mogelijk: welk deel haar hooguit mist.

with cel as materialized (
    select l.gebied || '|' || m.randvoorwaarde as sleutel, l.gebied, m.*
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) m
    join gebied_buurt l on l.buurt = m.buurt
    join gebied g on g.code = l.gebied and g.niveau = $niveau
    where m.graad = 'N'
),

opgeteld as materialized (select * from gemis_opgeteld('cel')),

over as (
    select
        sleutel, max(gebied) as gebied, max(randvoorwaarde) as randvoorwaarde,
        coalesce(sum(nodig) filter (not onbekend) / nullif(sum(nodig), 0), 0) as bekend,
        bool_or(begrensd) as iets_begrensd,
        sum(nodig * deel_minst(aandeel_onder, grens_onder)) / nullif(sum(nodig), 0) as zeker,
        sum(nodig * deel_meest(aandeel_boven, grens_boven)) / nullif(sum(nodig), 0) as mogelijk,
        coalesce(hoe_samen(hoe, nodig), 'gemengd') as hoe
    from cel
    group by sleutel
),

oordeel_over as (
    select
        o.*, o.bekend >= r.dekking_minimaal as genoeg,
        not genoeg and o.iets_begrensd and grens_zegt(o.zeker, o.mogelijk) as begrensd
    from over o
    cross join regel r
)

select
    o.gebied, g.naam, r.code as randvoorwaarde, r.titel, r.volgorde, o.bekend,
    case when o.genoeg then o.hoe when o.begrensd then 'begrensd' else 'onbekend' end as hoe, o.begrensd,
    case when o.begrensd then coalesce(p.minst.onder, 0) end as minst,
    case when o.begrensd then p.meest.boven end as meest, o.mogelijk,
    coalesce(o.genoeg and p.zonder.verborgen, false) as verborgen,
    case when o.genoeg then p.zonder.mensen end as mensen,
    case when o.genoeg then p.zonder.onder end as onder,
    case when o.genoeg then p.zonder.boven end as boven, p.nodig.mensen as nodig, (select minimum from regel) as minimum
from oordeel_over o
join opgeteld p on p.sleutel = o.sleutel and p.nodig is not null
join gebied g on g.code = o.gebied
join randvoorwaarde r on r.code = o.randvoorwaarde
order by g.code, r.volgorde;
