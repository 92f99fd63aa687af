-- Waar de mensen wonen die een randvoorwaarde missen, of ($randvoorwaarde leeg) minstens één noodzakelijke waarvan dat
-- gemeten of opgegeven is: samen het getal van de kop. $buurten: codes; $graad: N of W; $o_…: wat de gemeente opgeeft.
-- Eén rij per buurt; leeg waar het onbekend is of waar het om te weinig mensen gaat (verborgen).

with buurt_rij as (
    select buurt as sleutel, cluster, zonder as mensen, onder, boven, spreiding
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where randvoorwaarde = $randvoorwaarde and graad = $graad
    union all
    select buurt, cluster, zonder, onder, boven, spreiding
    from gemis_samen_met($buurten, false, ['samen'], $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where $randvoorwaarde = ''
)

select
    g.code as gebied, g.naam, p.mensen, p.onder, p.boven, coalesce(p.verborgen, false) as verborgen,
    (select minimum from regel) as minimum
from gebied g
left join mensen_per('buurt_rij') p on p.sleutel = g.code
where g.code in (select unnest($buurten))
order by g.code;
