-- Hoeveel mensen in een gebied minstens één noodzakelijke randvoorwaarde missen waarvan de status bekend is.
-- $buurten: codes; $o_…: wat de gemeente opgeeft. Eén rij. mensen, onder, boven: alles wat bekend is, ook wat op een
-- ruwe aanname rust; gemeten, gemeten_onder, gemeten_boven: alleen wat gemeten of opgegeven is. doelgroepen: alle mensen
-- in de doelgroepen samen; wie bij meer doelgroepen hoort, telt daar vaker in. aanwezig: van hoeveel doelgroepen de
-- omvang bekend is. dekking_minimaal: van dit deel van wie iets nodig heeft, moet bekend zijn of het er is.

with per_cluster as (
    select cluster, true as met_aanname, sum(zonder) as mensen, sum(onder) as onder, sum(boven) as boven, sum(spreiding) as spreiding
    from gemis_samen_met($buurten, true, 'samen', $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    group by cluster
    union all
    select cluster, false, sum(zonder), sum(onder), sum(boven), sum(spreiding)
    from gemis_samen_met($buurten, false, 'samen', $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    group by cluster
),

zonder as (
    select
        sum(mensen) filter (met_aanname) as mensen, max(onder) filter (met_aanname) as onder, sum(boven) filter (met_aanname) as boven,
        sum(spreiding) filter (met_aanname) as spreiding,
        sum(mensen) filter (not met_aanname) as gemeten, max(onder) filter (not met_aanname) as gemeten_onder,
        sum(boven) filter (not met_aanname) as gemeten_boven, sum(spreiding) filter (not met_aanname) as gemeten_spreiding
    from per_cluster
),

alle as (
    select sum(mensen * mz) as doelgroepen, count(distinct doelgroep) as aanwezig, max(jaar) as jaar
    from mensen_met($buurten)
)

select
    z.mensen::double as mensen, onder_met(z.mensen, z.onder, toeval_uit(z.spreiding))::double as onder,
    boven_met(z.mensen, z.boven, toeval_uit(z.spreiding))::double as boven, z.gemeten::double as gemeten,
    onder_met(z.gemeten, z.gemeten_onder, toeval_uit(z.gemeten_spreiding))::double as gemeten_onder,
    boven_met(z.gemeten, z.gemeten_boven, toeval_uit(z.gemeten_spreiding))::double as gemeten_boven, a.doelgroepen::double as doelgroepen, a.aanwezig,
    a.jaar, (select minimum from regel) as minimum, (select dekking_minimaal from regel) as dekking_minimaal
from zonder z
cross join alle a;
