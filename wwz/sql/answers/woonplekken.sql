-- Waar de mensen wonen die een randvoorwaarde nodig hebben, als punten in RD-meters.
-- $buurten, $randvoorwaarde, $doelgroep (leeg: alle samen). mensen, onder, boven: hoeveel op dit punt; bereik_m: de norm
-- in een rechte lijn, dus gedeeld door de omweg van de buurt.

with nodig as (
    select p.buurt, sum(p.mensen * p.mz) as mensen, sum(p.mensen_onder * p.mz_onder) as onder, sum(least(p.mensen_boven, p.mensen_boven * p.mz_boven)) as boven
    from mensen_met($buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = 'N' and e.randvoorwaarde = $randvoorwaarde
    where $doelgroep = '' or p.doelgroep = $doelgroep
    group by p.buurt
),

per_buurt as (
    select buurt, sum(gewicht) as gewicht from woonplek group by buurt
)

select
    w.buurt, g.naam, w.x, w.y, n.mensen * w.gewicht / b.gewicht as mensen, n.onder * w.gewicht / b.gewicht as onder,
    n.boven * w.gewicht / b.gewicht as boven, (select norm_m from randvoorwaarde where code = $randvoorwaarde) / o.factor as bereik_m
from woonplek w
join nodig n on n.buurt = w.buurt
join per_buurt b on b.buurt = w.buurt and b.gewicht > 0
join buurt_omweg o on o.buurt = w.buurt
join gebied g on g.code = w.buurt
order by w.buurt, w.x, w.y;
