-- Een signaal: ergens krijgen opvallend weinig mensen een soort hulp, naast wie haar nodig heeft, vergeleken met andere
-- gebieden van dit niveau. Dat kan aan de hulp liggen, aan wie haar vraagt, of aan hoe de gemeente haar telt.
-- De indicator is het aantal gebruikers. Parameters: afwijking: zo veel keer de spreiding minder dan het midden; deel:
-- en minstens dit deel minder; gebieden: van zo veel gebieden moet het bekend zijn; gebruikers: en van zo veel mensen.

insert into bewijs by name
with nodig as (
    select l.gebied, n.randvoorwaarde, sum(n.mensen * n.mz) as nodig
    from nodig_met([]) n
    join gebied_buurt l on l.buurt = n.buurt
    where n.randvoorwaarde in (select randvoorwaarde from meetregel where regel = 'weinig_gebruik')
    group by l.gebied, n.randvoorwaarde
),

verhouding as (
    select
        v.gebied, g.niveau, m.randvoorwaarde, m.rang, m.werking, m.indicator, m.parameters, v.jaar,
        v.bron_familie as bron, ln(v.waarde / n.nodig) as log_deel
    from meetregel m
    join variabele_gebied v on v.variabele = m.indicator and v.waarde > 0
    join gebied g on g.code = v.gebied and g.niveau in ('wijk', 'gemeente')
    join nodig n on n.gebied = v.gebied and n.randvoorwaarde = m.randvoorwaarde and n.nodig > 0
    where m.regel = 'weinig_gebruik' and v.waarde >= parameter(m.parameters, 'gebruikers')
    qualify row_number() over (partition by v.gebied, m.randvoorwaarde, m.indicator order by v.jaar desc) = 1
),

vergeleken as (
    select
        *, avg(log_deel) over w as midden, stddev_samp(log_deel) over w as spreiding, count(*) over w as gebieden
    from verhouding
    window w as (partition by niveau, randvoorwaarde, indicator)
)

select
    l.buurt, v.randvoorwaarde, v.rang, v.werking, 'weinig_gebruik' as hoe, v.indicator,
    100 * exp(v.log_deel - v.midden) as waarde, v.jaar, v.bron
from vergeleken v
join gebied_buurt l on l.gebied = v.gebied
where v.gebieden >= parameter(v.parameters, 'gebieden')
    and v.log_deel < v.midden - parameter(v.parameters, 'afwijking') * v.spreiding
    and exp(v.log_deel - v.midden) <= 1 - parameter(v.parameters, 'deel')
-- Een buurt ligt in een wijk en een gemeente: het kleinste gebied spreekt.
qualify row_number() over (
    partition by l.buurt, v.randvoorwaarde, v.indicator order by list_position(['wijk', 'gemeente'], v.niveau)
) = 1;
