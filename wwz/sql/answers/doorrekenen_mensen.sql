-- Hoeveel mensen er per buurt zijn, per groep: inwoners, 65plus, elke doelgroep, en 'nodig': voor wie $randvoorwaarde
-- noodzakelijk is. $buurten: codes. onder en boven: marge, nog zonder toeval; geteld: of de omvang van de groep geteld
-- is. leeftijd: van wie het deel binnen bereik komt (inwoners of 65plus). 'nodig' heeft een regel per cluster: hoe die
-- optellen, staat in mensen_per (rules/20_macro.sql).

with nodig as (
    select
        buurt, 'nodig' as groep, cluster, leeftijd_van(cluster) as leeftijd, sum(nodig) as mensen,
        sum(nodig_onder) as onder, sum(nodig_boven) as boven,
        false as geteld
    from gemis_met($buurten, [], [], [], [], [])
    where graad = 'N' and randvoorwaarde = $randvoorwaarde
    group by buurt, cluster
)

select a.buurt, a.groep, coalesce(a.cluster, '') as cluster, a.leeftijd, a.mensen, a.onder, a.boven, a.geteld
from (select buurt, groep, leeftijd, mensen, onder, boven, geteld from bereik_wie union all by name from nodig) a
where a.buurt in (select unnest($buurten))
order by a.groep, a.cluster, a.buurt;
