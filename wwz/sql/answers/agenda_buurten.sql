-- Waar de mensen wonen die een randvoorwaarde missen, of ($randvoorwaarde leeg) minstens één noodzakelijke waarvan dat
-- gemeten of opgegeven is: samen het getal van de kop. $buurten: codes; $graad: N of W; $o_…: wat de gemeente opgeeft.
-- Eén rij per buurt; leeg waar het onbekend is of waar het om te weinig mensen gaat.

with een as (
    select buurt, cluster, zonder, onder, boven, spreiding
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where randvoorwaarde = $randvoorwaarde and graad = $graad and not onbekend
    union all
    select buurt, cluster, zonder, onder, boven, spreiding
    from gemis_samen_met($buurten, false, 'samen', $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where $randvoorwaarde = ''
),

per_cluster as (
    select buurt, cluster, sum(zonder) as mensen, sum(onder) as onder, sum(boven) as boven, sum(spreiding) as spreiding from een group by buurt, cluster
),

per_buurt as (
    select buurt, sum(mensen) as mensen, max(onder) as onder, sum(boven) as boven, sum(spreiding) as spreiding from per_cluster group by buurt
)

select
    g.code as gebied, g.naam,
    case when not verborgen((select minimum from regel), p.mensen) then p.mensen end as mensen,
    case when not verborgen((select minimum from regel), p.mensen) then onder_met(p.mensen, p.onder, toeval_uit(p.spreiding)) end as onder,
    case when not verborgen((select minimum from regel), p.mensen) then boven_met(p.mensen, p.boven, toeval_uit(p.spreiding)) end as boven,
    coalesce(verborgen((select minimum from regel), p.mensen), false) as verborgen, (select minimum from regel) as minimum
from gebied g
left join per_buurt p on p.buurt = g.code
where g.code in (select unnest($buurten))
order by g.code;
