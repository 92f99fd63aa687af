-- Per wijk (of een ander niveau) hoeveel mensen elke noodzakelijke randvoorwaarde missen.
-- $buurten: codes; $niveau: wijk of gemeente; $o_…: wat de gemeente opgeeft. Eén rij per gebied en randvoorwaarde.
-- mensen, onder, boven: leeg waar te weinig bekend is of het om te weinig mensen gaat; nodig: wie haar nodig heeft;
-- bekend: van welk deel van hen het bekend is (0 tot 1); hoe: waaruit.

with per_cluster as (
    select
        l.gebied, m.randvoorwaarde, m.cluster, sum(m.nodig) as nodig, coalesce(sum(m.nodig) filter (not m.onbekend), 0) as nodig_bekend,
        sum(m.zonder) as mensen, sum(m.onder) as onder, sum(m.boven) as boven, sum(m.spreiding) as spreiding, min(m.hoe) as hoe, max(m.hoe) as hoe_ook
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) m
    join gebied_buurt l on l.buurt = m.buurt
    join gebied g on g.code = l.gebied and g.niveau = $niveau
    where m.graad = 'N'
    group by l.gebied, m.randvoorwaarde, m.cluster
),

per_gebied as (
    select
        gebied, randvoorwaarde, sum(nodig) as nodig, coalesce(sum(nodig_bekend) / nullif(sum(nodig), 0), 0) as bekend, sum(mensen) as mensen,
        max(onder) as onder, sum(boven) as boven, sum(spreiding) as spreiding, case when min(hoe) = max(hoe_ook) then min(hoe) else 'gemengd' end as hoe
    from per_cluster
    group by gebied, randvoorwaarde
),

getoond as (
    select
        *, coalesce(verborgen((select minimum from regel), mensen), false) as verborgen,
        bekend >= (select dekking_minimaal from regel) and not coalesce(verborgen((select minimum from regel), mensen), false) as zichtbaar
    from per_gebied
)

select
    o.gebied, g.naam, o.randvoorwaarde, r.titel, r.volgorde, o.bekend,
    case when o.bekend < (select dekking_minimaal from regel) then 'onbekend' else o.hoe end as hoe,
    o.verborgen and o.bekend >= (select dekking_minimaal from regel) as verborgen,
    case when o.zichtbaar then o.mensen end as mensen,
    case when o.zichtbaar then onder_met(o.mensen, o.onder, toeval_uit(o.spreiding)) end as onder,
    case when o.zichtbaar then boven_met(o.mensen, o.boven, toeval_uit(o.spreiding)) end as boven,
    case when not verborgen((select minimum from regel), o.nodig) then o.nodig end as nodig, (select minimum from regel) as minimum
from getoond o
join gebied g on g.code = o.gebied
join randvoorwaarde r on r.code = o.randvoorwaarde
order by g.code, r.volgorde;
