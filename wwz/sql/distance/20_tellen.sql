-- Wat van één soort voorziening is gemeten, geteld per buurt, groep en afstand. Invoer: afstand_punt (buurt, gewicht,
-- gewicht_65, herkomst, meter, rand; rechte lijn in meters, of langs looproutes als net waar is), $bereik en
-- $voorzieningen (aantal punten).

create or replace temp table straat as
select
    p.buurt, p.gewicht, p.gewicht_65, p.herkomst, p.net, p.rand * o.factor as rand,
    case when p.net then p.meter else p.meter * o.factor end as meter,
    case when p.net then 1 + r.netwerk_marge else (o.factor + r.omweg_marge) / o.factor end as ruimer,
    case when p.net then 1 - r.netwerk_marge else greatest(1, o.factor - r.omweg_marge) / o.factor end as krapper
from afstand_punt p
join buurt_omweg o on o.buurt = p.buurt
cross join meetregel r;

create or replace temp table klassen as
with kanten as (
    select s.buurt, s.gewicht, s.gewicht_65, k.kant, k.meter
    from straat s
    cross join lateral (
        values ('midden', s.meter), ('laag', least(s.meter * s.krapper, s.rand)), ('hoog', s.meter * s.ruimer)
    ) k(kant, meter)
),

geteld as (
    select
        k.buurt, k.kant, case when isfinite(k.meter) then (round(k.meter / r.klasse_m) * r.klasse_m)::integer end as klasse,
        sum(k.gewicht) as gewicht, sum(k.gewicht_65) as gewicht_65
    from kanten k
    cross join meetregel r
    group by all
)

select g.buurt, w.groep, g.kant, g.klasse, w.gewicht / sum(w.gewicht) over (partition by g.buurt, w.groep, g.kant) as deel
from geteld g
cross join lateral (values ('inwoners', g.gewicht), ('65plus', g.gewicht_65)) w(groep, gewicht)
where w.gewicht > 0;

insert into bereik_verdeling
select buurt, $bereik, groep, kant, klasse, deel from klassen order by buurt, groep, kant, klasse;

insert into bereik_groep
with geteld as (
    select
        s.buurt, b.meter, s.meter <= b.meter as binnen, s.meter * s.ruimer <= b.meter as weinig, s.meter * s.krapper <= b.meter as veel,
        s.rand <= b.meter as rand, s.net, s.herkomst, sum(s.gewicht) as gewicht, sum(s.gewicht_65) as gewicht_65, count(*) as punten
    from straat s
    join (select distinct meter from bereik where code = $bereik) b on true
    group by all
),

groepen as (
    select g.* exclude (gewicht, gewicht_65), w.groep, w.gewicht
    from geteld g
    cross join lateral (values ('inwoners', g.gewicht), ('65plus', g.gewicht_65)) w(groep, gewicht)
    where w.gewicht > 0
),

mediaan as (
    select
        buurt, groep, klasse,
        sum(deel) over (partition by buurt, groep order by klasse nulls last) as tot
    from klassen
    where kant = 'midden'
)

select
    g.buurt, $bereik, g.groep, g.meter,
    coalesce(sum(g.gewicht) filter (g.binnen), 0) / sum(g.gewicht),
    coalesce(sum(g.gewicht) filter (g.weinig), 0) / sum(g.gewicht),
    coalesce(sum(g.gewicht) filter (g.veel), 0) / sum(g.gewicht),
    coalesce(sum(g.gewicht) filter (g.rand and not g.veel), 0) / sum(g.gewicht),
    any_value(m.mediaan), sum(g.punten), any_value(g.herkomst), coalesce(sum(g.gewicht) filter (g.net), 0) / sum(g.gewicht), $voorzieningen
from groepen g
left join (
    -- De delen tellen niet tot op de laatste bit op: daarom een kleine speling.
    select buurt, groep, arg_min(klasse, tot) filter (tot >= 0.5 - 1e-9) as mediaan from mediaan group by buurt, groep
) m on m.buurt = g.buurt and m.groep = g.groep
group by g.buurt, g.groep, g.meter;
