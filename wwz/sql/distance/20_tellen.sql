-- Wat van één soort voorziening is gemeten, geteld per buurt en afstand. Invoer: afstand_punt (buurt, gewicht, herkomst,
-- meter, rand; rechte lijn in meters), $bereik en $voorzieningen (aantal punten).

insert into bereik_buurt
with straat as (
    select
        p.buurt, p.gewicht, p.herkomst, p.meter * o.factor as meter, p.rand * o.factor as rand,
        (o.factor + r.omweg_marge) / o.factor as ruimer, greatest(1, o.factor - r.omweg_marge) / o.factor as krapper
    from afstand_punt p
    join buurt_omweg o on o.buurt = p.buurt
    cross join meetregel r
)

select
    s.buurt, $bereik, b.meter,
    coalesce(sum(s.gewicht) filter (s.meter <= b.meter), 0) / sum(s.gewicht),
    coalesce(sum(s.gewicht) filter (s.meter * s.ruimer <= b.meter), 0) / sum(s.gewicht),
    coalesce(sum(s.gewicht) filter (s.meter * s.krapper <= b.meter), 0) / sum(s.gewicht),
    coalesce(sum(s.gewicht) filter (s.meter * s.krapper > b.meter and s.rand <= b.meter), 0) / sum(s.gewicht),
    median(s.meter), count(*), any_value(s.herkomst), $voorzieningen
from straat s
join bereik b on b.code = $bereik
group by s.buurt, b.meter;
