-- Per wijk (of een ander niveau) hoeveel mensen elke noodzakelijke randvoorwaarde missen.
-- $buurten: codes; $niveau: wijk of gemeente; $o_…: wat de gemeente opgeeft. Eén rij per gebied en randvoorwaarde.
-- mensen, onder, boven: leeg waar het nergens bekend is of het om te weinig mensen gaat; nodig: wie haar nodig heeft;
-- bekend: van welk deel van hen het bekend is (0 tot 1); hoe: waaruit.

with nodig as (
    select
        p.buurt, e.randvoorwaarde, p.mensen, p.mensen_onder, p.mensen_boven, p.mz, p.mz_onder, p.mz_boven
    from mensen_met($buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = 'N'
),

per_cel as (
    select
        n.buurt, n.randvoorwaarde, n.mensen * n.mz as nodig, t.aandeel, t.hoe, n.mensen * n.mz * t.aandeel as zonder,
        productmarge(n.mensen, n.mensen - n.mensen_onder, n.mz, n.mz - n.mz_onder, t.aandeel, t.aandeel - t.onder) as lager,
        productmarge(n.mensen, n.mensen_boven - n.mensen, n.mz, n.mz_boven - n.mz, t.aandeel, t.boven - t.aandeel) as hoger,
        n.mensen_boven * n.mz_boven as hoogstens
    from nodig n
    left join tekort_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) t
        on t.buurt = n.buurt and t.randvoorwaarde = n.randvoorwaarde
),

opgeteld as (
    select
        l.gebied, c.randvoorwaarde, sum(c.nodig) as nodig, sum(c.zonder) as mensen, sum(greatest(0, c.zonder - c.lager)) as onder,
        sum(least(c.hoogstens, c.zonder + c.hoger)) as boven,
        coalesce(sum(c.nodig) filter (c.aandeel is not null) / nullif(sum(c.nodig), 0), 0) as bekend,
        case when count(distinct c.hoe) filter (c.aandeel is not null) > 1 then 'gemengd' else max(c.hoe) filter (c.aandeel is not null) end as hoe
    from per_cel c
    join gebied_buurt l on l.buurt = c.buurt
    join gebied g on g.code = l.gebied and g.niveau = $niveau
    group by l.gebied, c.randvoorwaarde
)

select
    o.gebied, g.naam, o.randvoorwaarde, r.titel, r.volgorde, o.bekend, coalesce(o.hoe, 'onbekend') as hoe,
    coalesce(verborgen((select minimum from regel), o.mensen), false) as verborgen,
    case when not verborgen((select minimum from regel), o.mensen) then o.mensen end as mensen,
    case when not verborgen((select minimum from regel), o.mensen) then o.onder end as onder,
    case when not verborgen((select minimum from regel), o.mensen) then o.boven end as boven,
    case when not verborgen((select minimum from regel), o.nodig) then o.nodig end as nodig, (select minimum from regel) as minimum
from opgeteld o
join gebied g on g.code = o.gebied
join randvoorwaarde r on r.code = o.randvoorwaarde
order by g.code, r.volgorde;
