-- Hoeveel mensen een randvoorwaarde missen, per doelgroep en graad, opgeteld over de buurten van een gebied.
-- $buurten: codes; $o_…: wat de gemeente opgeeft (zie figures/37_tekort.sql).
-- mensen, onder, boven: wie haar mist, waar dat bekend is (leeg als dat nergens zo is). nodig: wie haar nodig heeft.
-- eigen_eis: of de gemeente hier zelf een graad heeft gekozen.
-- onbekend_nodig: zo veel mensen hebben haar nodig in buurten waar de status onbekend is; onbekend_tot: bovengrens daarvan.

with nodig as (
    select
        p.buurt, p.doelgroep, e.randvoorwaarde, e.graad, any_value(p.jaar) as jaar, any_value(p.mensen) as mensen,
        any_value(p.mensen_onder) as mensen_onder, any_value(p.mensen_boven) as mensen_boven, sum(p.mz) as mz, sum(p.mz_onder) as mz_onder,
        least(1, sum(p.mz_boven)) as mz_boven, string_agg(p.mantelzorg, '|' order by p.mantelzorg) as mantelzorg,
        bool_or(e.eigen) as eigen_eis
    from mensen_met($buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad in ('N', 'W')
    group by p.buurt, p.doelgroep, e.randvoorwaarde, e.graad
),

per_buurt as (
    select
        n.buurt, n.doelgroep, n.randvoorwaarde, n.graad, n.jaar, n.mantelzorg, n.eigen_eis, t.hoe, t.bron, t.jaar as tekort_jaar, t.aandeel,
        n.mensen * n.mz as nodig, t.aandeel is null as onbekend,
        n.mensen * n.mz * t.aandeel as zonder, least(n.mensen_boven, n.mensen_boven * n.mz_boven) as hoogstens,
        productmarge(n.mensen, n.mensen - n.mensen_onder, n.mz, n.mz - least(n.mz, n.mz_onder), t.aandeel, t.aandeel - t.onder) as lager,
        productmarge(n.mensen, n.mensen_boven - n.mensen, n.mz, greatest(n.mz, n.mz_boven) - n.mz, t.aandeel, t.boven - t.aandeel) as hoger
    from nodig n
    left join tekort_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) t
        on t.buurt = n.buurt and t.randvoorwaarde = n.randvoorwaarde
),

opgeteld as (
    select
        randvoorwaarde, graad, doelgroep, max(mantelzorg) as mantelzorg, bool_or(eigen_eis) as eigen_eis, max(jaar) as jaar, sum(nodig) as nodig,
        sum(zonder) as mensen, sum(greatest(0, zonder - lager)) filter (not onbekend) as onder,
        sum(least(hoogstens, zonder + hoger)) filter (not onbekend) as boven,
        coalesce(sum(hoogstens) filter (onbekend), 0) as onbekend_tot, coalesce(sum(nodig) filter (onbekend), 0) as onbekend_nodig,
        count(*) as buurten, count(*) filter (onbekend) as buurten_onbekend,
        case when count(distinct hoe) filter (not onbekend) > 1 then 'gemengd' else max(hoe) filter (not onbekend) end as hoe,
        max(bron) filter (not onbekend) as bron, max(tekort_jaar) filter (not onbekend) as tekort_jaar,
        sum(zonder) / nullif(sum(nodig) filter (not onbekend), 0) as aandeel
    from per_buurt
    group by randvoorwaarde, graad, doelgroep
)

select
    o.* exclude (bron), r.titel, r.groep, r.volgorde, r.meetnoot, r.hoe_uitzoeken,
    case when o.bron is not null and o.tekort_jaar is not null then bronregel(o.bron, o.tekort_jaar)
        when o.bron is not null then bronregel(o.bron, o.jaar) end as bron
from opgeteld o
join randvoorwaarde r on r.code = o.randvoorwaarde
order by o.graad, r.volgorde, o.doelgroep;
