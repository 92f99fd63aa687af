-- Waar een opgave van de gemeente niet kan volgens een grens: zij zegt dat minder mensen iets missen dan er minstens
-- zijn, of meer dan er hooguit kunnen zijn. $buurten: codes; $o_…: wat de gemeente opgeeft. Eén rij per randvoorwaarde.
-- onder, boven: van de opgave; minst, meest: van de grens (delen van wie haar nodig heeft, 0 tot 1, gewogen naar
-- inwoners). te_weinig: de opgave zegt minder dan de grens. buurten: hoeveel buurten. Een opgave in woorden mag er zo
-- veel naast zitten als wat nog voldoet heet; een percentage niet.

with botsing as (
    select
        o.buurt, o.randvoorwaarde, o.onder, o.boven, g.onder as minst, g.boven as meest, i.inwoners,
        case when o.onder = o.boven and o.opgave_status <> 'voldoet' then d.grens_minimaal
            else 1 - d.bereik_voldoet_vanaf end as speling,
        o.boven + speling < g.onder as te_weinig, case when te_weinig then g.hoe_onder else g.hoe_boven end as hoe
    from opgave_met($o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) o
    join begrensd g on g.buurt = o.buurt and g.randvoorwaarde = o.randvoorwaarde
    join inwoners_nu i on i.gebied = o.buurt and i.inwoners > 0
    cross join oordeel d
    where list_contains($buurten, o.buurt) and o.onder is not null
        and (o.boven + speling < g.onder or o.onder - speling > g.boven)
)

select
    b.randvoorwaarde, r.titel, r.norm_m::double as norm_m, b.te_weinig, count(*) as buurten,
    min(a.naam) as voorbeeld, sum(b.onder * b.inwoners) / sum(b.inwoners) as onder,
    sum(b.boven * b.inwoners) / sum(b.inwoners) as boven, sum(b.minst * b.inwoners) / sum(b.inwoners) as minst,
    sum(b.meest * b.inwoners) / sum(b.inwoners) as meest,
    string_agg(distinct b.hoe, ',' order by b.hoe) as hoe
from botsing b
join randvoorwaarde r on r.code = b.randvoorwaarde
join gebied a on a.code = b.buurt
group by b.randvoorwaarde, r.titel, r.norm_m, r.volgorde, b.te_weinig
having sum(b.inwoners) >= (select minimum from regel)
order by r.volgorde, b.te_weinig;
