-- Wat de bevolking van alle buurten samen zegt, naast wat bronnen landelijk tellen. Eén rij per toets: uitkomst (0 tot
-- 1), en het aantal mensen waarop zij rust (mensen).

with ouderen as (
    select sum(b.mensen * t.thuis) as mensen
    from bevolking_nu b
    join thuis_nu t using (gebied, band)
    join leeftijd_band l on l.band = b.band and l.oud
),

ontvangt as (
    select sum(d.mensen * m.aandeel) as mensen
    from doelgroep_buurt d
    join doelgroep_cluster k on k.doelgroep = d.doelgroep and k.cluster = 'ouderen'
    join mantelzorg_aandeel m on m.gebied = d.buurt and m.doelgroep = d.doelgroep and m.mantelzorg <> 'geen'
),

nodig_rij as (
    select '' as sleutel, n.buurt, k.cluster, n.mensen * n.mz as mensen, 0 as onder, 0 as boven, 0 as spreiding
    from nodig_met([]) n
    join doelgroep_cluster k on k.doelgroep = n.doelgroep
    where n.randvoorwaarde = 'begeleiding' and n.graad = 'N'
),

inwoners as (
    select sum(mensen) as mensen from persoon
)

select 'begeleiding' as toets, n.aantal / i.mensen as uitkomst, n.aantal as mensen
from mensen_per('nodig_rij') n
cross join inwoners i
union all
select 'mantelzorg', o.mensen / e.mensen, e.mensen
from ontvangt o
cross join ouderen e
union all
select 'instelling', sum(p.mensen) filter (p.huishouden = 'instelling') / sum(p.mensen), sum(p.mensen)
from persoon p
union all
select 'doelgroep_dubbel', sum(mensen) filter (aantal > 1) / sum(mensen), sum(mensen)
from samenloop;
