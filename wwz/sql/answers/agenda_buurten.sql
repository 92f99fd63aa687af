-- Waar de mensen wonen die een randvoorwaarde missen, of minstens één noodzakelijke ($randvoorwaarde leeg).
-- $buurten: codes; $graad: N of W; $o_…: wat de gemeente opgeeft. Eén rij per buurt; leeg waar het onbekend is of waar
-- het om te weinig mensen gaat.

with een as (
    select
        p.buurt, p.mensen * p.mz * t.aandeel as mensen,
        greatest(0, p.mensen * p.mz * t.aandeel - productmarge(p.mensen, p.mensen - p.mensen_onder, p.mz, p.mz - p.mz_onder, t.aandeel, t.aandeel - t.onder)) as onder,
        least(
            p.mensen_boven * p.mz_boven,
            p.mensen * p.mz * t.aandeel + productmarge(p.mensen, p.mensen_boven - p.mensen, p.mz, p.mz_boven - p.mz, t.aandeel, t.boven - t.aandeel)
        ) as boven
    from mensen_met($buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = $graad and e.randvoorwaarde = $randvoorwaarde
    join tekort_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) t
        on t.buurt = p.buurt and t.randvoorwaarde = e.randvoorwaarde and t.aandeel is not null
    union all
    select buurt, mensen, onder, boven
    from zonder_met($buurten, true, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where $randvoorwaarde = ''
),

per_buurt as (
    select buurt, sum(mensen) as mensen, sum(onder) as onder, sum(boven) as boven from een group by buurt
)

select
    g.code as gebied, g.naam,
    case when not verborgen((select minimum from regel), p.mensen) then p.mensen end as mensen,
    case when not verborgen((select minimum from regel), p.mensen) then p.onder end as onder,
    case when not verborgen((select minimum from regel), p.mensen) then p.boven end as boven,
    coalesce(verborgen((select minimum from regel), p.mensen), false) as verborgen, (select minimum from regel) as minimum
from gebied g
left join per_buurt p on p.buurt = g.code
where g.code in (select unnest($buurten))
order by g.code;
