-- Wie verder dan een afstand van elke plek woont waar iets zou kunnen zijn, heeft het zeker niet; wie dichterbij woont,
-- heeft het misschien. De indicatoren zijn bereik_ met een code uit afstand.toml; van alle samen gaat het om wie geen
-- van alle dichtbij heeft: minstens wat de delen zonder samen boven een keer minder dan hun aantal uitkomen.
-- Parameter: meter (een van de meters van elk bereik); geldt hier een ruimere norm, dan zegt dit niets.

insert into bewijs by name
with vraag as (
    select
        m.randvoorwaarde, m.rang, m.werking, m.indicator, parameter(m.parameters, 'meter') as meter,
        count(*) over (partition by m.randvoorwaarde, m.rang) as soorten
    from meetregel m
    join randvoorwaarde r on r.code = m.randvoorwaarde
    where m.regel = 'buiten_bereik' and coalesce(r.norm_m, 0) <= meter
),

samen as (
    select
        b.buurt, q.randvoorwaarde, q.rang, q.werking, max(q.soorten) as soorten, count(*) as gemeten,
        sum(1 - b.binnen) as zonder, sum(b.zonder_onder) as zonder_onder, min(q.indicator) as indicator
    from vraag q
    join bereik_deel b on 'bereik_' || b.bereik = q.indicator and b.meter = q.meter and b.groep = 'inwoners'
    group by b.buurt, q.randvoorwaarde, q.rang, q.werking
)

select
    buurt, randvoorwaarde, rang, werking, ondergrens(zonder - soorten + 1) as minstens,
    ondergrens(zonder_onder - soorten + 1) as onder, 'buiten' as hoe, indicator,
    100 * ondergrens(zonder - soorten + 1) as waarde, (select max(jaar)::bigint from inwoners_nu) as jaar,
    'punten' as bron
from samen
where gemeten = soorten;
