-- Waar de mensen wonen die een randvoorwaarde missen. $buurten: codes; $randvoorwaarde; $graad: N of W; $o_…: wat de
-- gemeente opgeeft. Eén rij per buurt; leeg waar het onbekend is of waar het om te weinig mensen gaat (verborgen).
-- begrensd: niet bekend, wel dat haar minst tot meest mensen missen; leeg waar het er te weinig zijn.

with cel as materialized (
    select buurt as sleutel, *
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where randvoorwaarde = $randvoorwaarde and graad = $graad
),

minst_rij as (
    select sleutel, buurt, cluster, minst as mensen, minst_onder as onder, minst as boven, nodig_spreiding as spreiding
    from cel
    where begrensd
),

meest_rij as (
    select sleutel, buurt, cluster, meest as mensen, meest as onder, meest_boven as boven, nodig_spreiding as spreiding
    from cel
    where begrensd
),

buurt_rij as (
    select sleutel, buurt, cluster, zonder as mensen, onder, boven, spreiding from cel
)

select
    g.code as gebied, g.naam, p.mensen, p.onder, p.boven, coalesce(p.verborgen, false) as verborgen,
    m.sleutel is not null as begrensd, case when m.sleutel is not null then coalesce(a.onder, 0) end as minst,
    m.boven as meest, (select minimum from regel) as minimum
from gebied g
left join mensen_per('buurt_rij') p on p.sleutel = g.code
left join mensen_per('minst_rij') a on a.sleutel = g.code
left join mensen_per('meest_rij') m on m.sleutel = g.code
where g.code in (select unnest($buurten))
order by g.code;
