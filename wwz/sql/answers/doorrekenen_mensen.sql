-- Hoeveel mensen er per buurt zijn, per groep: inwoners, 65plus, elke doelgroep, en 'nodig': voor wie $randvoorwaarde
-- noodzakelijk is. $buurten: codes. onder en boven: marge; geteld: of de omvang van de groep geteld is. leeftijd: van wie het deel binnen bereik komt (inwoners of
-- 65plus); 'nodig' kan van elk een regel hebben. Wie bij meer doelgroepen hoort, telt bij 'nodig' in elk mee.

with nodig as (
    select
        p.buurt, 'nodig' as groep, leeftijd_van(c.cluster) as leeftijd, sum(p.mensen * p.mz) as mensen, sum(p.mensen_onder * p.mz_onder) as onder,
        sum(least(p.mensen_boven, p.mensen_boven * p.mz_boven)) as boven, false as geteld
    from mensen_met($buurten) p
    join doelgroep_cluster c on c.doelgroep = p.doelgroep
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = 'N' and e.randvoorwaarde = $randvoorwaarde
    group by p.buurt, leeftijd_van(c.cluster)
)

select a.buurt, a.groep, a.leeftijd, a.mensen, a.onder, a.boven, a.geteld
from (select buurt, groep, leeftijd, mensen, onder, boven, geteld from bereik_wie union all by name from nodig) a
where a.buurt in (select unnest($buurten))
order by a.groep, a.buurt;
