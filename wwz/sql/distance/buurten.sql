-- Alle buurten met een grens (WKB, RD-meters), of grotere gebieden waar geen buurten zijn (grof). woningen: hoeveel het
-- er zijn in het nieuwste jaar; is dat niet bekend, dan de huishoudens, en anders zo veel als er bij de inwoners horen.
-- geteld: hetzelfde, maar alleen wat het CBS telde.

with nieuwste as (
    select gebied, variabele, waarde from nieuwste_van(['woningen', 'huishoudens', 'inwoners'])
),

aantal as (
    select
        gebied, max(waarde) filter (variabele = 'woningen') as woningen,
        max(waarde) filter (variabele = 'huishoudens') as huishoudens,
        max(waarde) filter (variabele = 'inwoners') as inwoners
    from nieuwste
    group by gebied
)

select
    g.code, g.naam, g.gemeente, coalesce(g.water, false) as water, g.niveau <> 'buurt' as grof, g.grens,
    coalesce(a.woningen, a.huishoudens, a.inwoners / r.mensen_per_woning) as woningen,
    coalesce(a.woningen, a.huishoudens) as geteld
from gebied g
cross join afstandregel r
left join aantal a on a.gebied = g.code
where g.kleinste and g.grens is not null
order by g.code;
