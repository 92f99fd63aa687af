-- Hoeveel mensen in een gebied minstens één noodzakelijke randvoorwaarde missen waarvan de status bekend is.
-- $buurten: codes; $o_…: wat de gemeente opgeeft. Eén rij. doelgroepen: alle mensen in de doelgroepen samen; wie bij
-- meer doelgroepen hoort, telt daar vaker in. aanwezig: van hoeveel doelgroepen de omvang bekend is.

with per_cluster as (
    select d.cluster, sum(z.mensen) as mensen, sum(z.onder) as onder, sum(z.boven) as boven
    from zonder_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) z
    join doelgroep_cluster d on d.doelgroep = z.doelgroep
    group by d.cluster
),

-- Wie bij meer clusters hoort, telt dubbel mee. Ondergrens: alleen het grootste cluster.
zonder as (
    select sum(mensen) as mensen, max(onder) as onder, sum(boven) as boven from per_cluster
),

alle as (
    select sum(mensen * mz) as doelgroepen, count(distinct doelgroep) as aanwezig, max(jaar) as jaar
    from mensen_met($buurten)
)

select z.mensen::double as mensen, z.onder::double as onder, z.boven::double as boven, a.doelgroepen::double as doelgroepen, a.aanwezig, a.jaar, (select minimum from regel) as minimum
from zonder z
cross join alle a;
