-- Per wijk (of een ander niveau) hoeveel mensen elke noodzakelijke randvoorwaarde missen.
-- $buurten: codes; $niveau: wijk of gemeente; $o_…: wat de gemeente opgeeft. Eén rij per gebied en randvoorwaarde.
-- mensen: leeg waar het nergens bekend is of het om te weinig mensen gaat; nodig: wie haar nodig heeft;
-- bekend: van welk deel van hen het bekend is (0 tot 1).

with nodig as (
    select p.buurt, e.randvoorwaarde, sum(p.mensen * p.mz) as nodig
    from mensen_met($buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = 'N'
    group by p.buurt, e.randvoorwaarde
),

opgeteld as (
    select
        l.gebied, n.randvoorwaarde, sum(n.nodig) as nodig, sum(n.nodig * t.aandeel) as mensen,
        coalesce(sum(n.nodig) filter (t.aandeel is not null) / nullif(sum(n.nodig), 0), 0) as bekend
    from nodig n
    join gebied_buurt l on l.buurt = n.buurt
    join gebied g on g.code = l.gebied and g.niveau = $niveau
    left join tekort_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) t
        on t.buurt = n.buurt and t.randvoorwaarde = n.randvoorwaarde
    group by l.gebied, n.randvoorwaarde
)

select
    o.gebied, g.naam, o.randvoorwaarde, r.titel, r.volgorde, o.bekend,
    coalesce(verborgen((select minimum from regel), o.mensen), false) as verborgen,
    case when not verborgen((select minimum from regel), o.mensen) then o.mensen end as mensen,
    case when not verborgen((select minimum from regel), o.nodig) then o.nodig end as nodig
from opgeteld o
join gebied g on g.code = o.gebied
join randvoorwaarde r on r.code = o.randvoorwaarde
order by g.code, r.volgorde;
