-- Een signaal: hoe vaak iets gebeurt, per zo veel woningen in een jaar. De indicator is het aantal keer per jaar.
-- Parameters: jaren: over zo veel jaren samen, want in een jaar gebeurt het in een buurt maar een paar keer; per: per
-- zo veel woningen. De marge is die van toeval.

insert into bewijs by name
with keren as (
    select
        m.randvoorwaarde, m.rang, m.werking, m.indicator, parameter(m.parameters, 'per') as per, v.gebied as buurt,
        v.jaar, v.waarde, v.bron_familie as bron
    from meetregel m
    join variabele_gebied v on v.variabele = m.indicator
    join gebied g on g.code = v.gebied and g.kleinste
    where m.regel = 'risico'
    qualify dense_rank() over (partition by m.indicator order by v.jaar desc) <= parameter(m.parameters, 'jaren')
),

samen as (
    select
        k.randvoorwaarde, k.rang, k.werking, k.indicator, k.per, k.buurt, sum(k.waarde) as keer, count(*) as jaren,
        max(k.jaar) as jaar, arg_max(k.bron, k.jaar) as bron
    from keren k
    group by k.randvoorwaarde, k.rang, k.werking, k.indicator, k.per, k.buurt
)

select
    s.buurt, s.randvoorwaarde, s.rang, s.werking, 'risico' as hoe, s.indicator,
    s.per * s.keer / (s.jaren * w.woningen) as waarde,
    s.per * ondergrens(s.keer - toeval_uit(s.keer)) / (s.jaren * w.woningen) as onder,
    s.per * (s.keer + toeval_uit(s.keer)) / (s.jaren * w.woningen) as boven, s.jaar, s.bron
from samen s
join woningen_nu w on w.gebied = s.buurt;
