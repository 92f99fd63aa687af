-- Hoeveel mensen een randvoorwaarde missen, per doelgroep en graad, opgeteld over de buurten van een gebied.
-- $buurten: codes; $o_…: wat de gemeente opgeeft (zie figures/37_tekort.sql).
-- mensen, onder, boven: wie haar mist, waar dat bekend is (leeg als dat nergens zo is); de marge nog zonder toeval, omdat
-- doelgroepen nog worden opgeteld: dat volgt uit de spreiding. nodig: wie haar nodig heeft.
-- eigen_eis: of de gemeente hier zelf een graad heeft gekozen.
-- onbekend_nodig: zo veel mensen hebben haar nodig in buurten waar de status onbekend is; onbekend_tot: bovengrens daarvan.

with opgeteld as (
    select
        randvoorwaarde, graad, doelgroep, max(mantelzorg) as mantelzorg, bool_or(eigen_eis) as eigen_eis, max(jaar) as jaar, sum(nodig) as nodig,
        sum(zonder) as mensen, sum(onder) as onder, sum(boven) as boven, sum(spreiding) as spreiding,
        coalesce(sum(nodig_spreiding) filter (onbekend), 0) as onbekend_spreiding,
        coalesce(sum(hoogstens) filter (onbekend), 0) as onbekend_tot, coalesce(sum(nodig) filter (onbekend), 0) as onbekend_nodig,
        count(*) as buurten, count(*) filter (onbekend) as buurten_onbekend,
        case when count(distinct hoe) > 1 then 'gemengd' else max(hoe) end as hoe,
        max(bron) filter (not onbekend) as bron, max(tekort_jaar) filter (not onbekend) as tekort_jaar,
        sum(zonder) / nullif(sum(nodig) filter (not onbekend), 0) as aandeel
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    group by randvoorwaarde, graad, doelgroep
)

select
    o.* exclude (bron), r.titel, r.groep, r.volgorde, r.meetnoot, r.hoe_uitzoeken, r.norm_m::double as norm_m,
    case when o.bron is not null and o.tekort_jaar is not null then bronregel(o.bron, o.tekort_jaar)
        when o.bron is not null then bronregel(o.bron, o.jaar) end as bron
from opgeteld o
join randvoorwaarde r on r.code = o.randvoorwaarde
order by o.graad, r.volgorde, o.doelgroep;
