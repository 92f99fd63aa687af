-- Hoeveel mensen er per buurt zijn, per groep: inwoners, 65plus, elke doelgroep, en 'nodig': voor wie $randvoorwaarde
-- noodzakelijk is. $buurten: codes. onder en boven: marge; geteld: of de omvang van de groep geteld is.
-- leeftijd: van wie het deel binnen bereik komt (inwoners of 65plus); 'nodig' kan van elk een regel hebben. Wie bij meer doelgroepen hoort, telt bij 'nodig' in elk mee.

with nodig as (
    select
        n.buurt, 'nodig' as groep, leeftijd_van(c.cluster) as leeftijd, sum(n.mensen * n.mz) as mensen, sum(n.mensen_onder * n.mz_onder) as onder,
        sum(n.mensen_boven * n.mz_boven) as boven, false as geteld
    from nodig_met($buurten) n
    join doelgroep_cluster c on c.doelgroep = n.doelgroep
    where n.graad = 'N' and n.randvoorwaarde = $randvoorwaarde
    group by n.buurt, leeftijd_van(c.cluster)
)

select a.buurt, a.groep, a.leeftijd, a.mensen, a.onder, a.boven, a.geteld
from (select buurt, groep, leeftijd, mensen, onder, boven, geteld from bereik_wie union all by name from nodig) a
where a.buurt in (select unnest($buurten))
order by a.groep, a.buurt;
