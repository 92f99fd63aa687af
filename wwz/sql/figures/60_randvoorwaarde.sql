-- Wat van een randvoorwaarde in een gebied bekend is. Zonder meting: onbekend, nooit voldoet.

create table randvoorwaarde_gebied as
with gemeten as (
    select
        c.gebied, i.randvoorwaarde, c.indicator, c.jaar, c.waarde, c.soort, c.bron,
        row_number() over (partition by c.gebied, i.randvoorwaarde order by i.rang) as rang
    from randvoorwaarde_indicator i
    join indicator_jaar j on j.indicator = i.indicator and j.nieuwste
    join cijfer c on c.indicator = i.indicator and c.jaar = j.jaar
),

oordeel as (
    select
        g.code as gebied, r.code as randvoorwaarde, m.indicator, m.jaar, m.waarde, m.soort, m.bron, r.norm_m,
        1000 * m.waarde / r.norm_m as deel_van_norm, r.gemiddelde_beslist
    from gebied g
    cross join randvoorwaarde r
    left join gemeten m on m.gebied = g.code and m.randvoorwaarde = r.code and m.rang = 1
)

select
    gebied, randvoorwaarde, indicator, jaar, waarde,
    case
        when deel_van_norm is null or not gemiddelde_beslist then 'onbekend'
        when deel_van_norm <= (select afstand_voldoet_factor from regel) then 'voldoet'
        when deel_van_norm > (select afstand_knelpunt_factor from regel) then 'knelpunt'
        else 'deels'
    end as status,
    case
        when deel_van_norm is null then 'onbekend'
        when not gemiddelde_beslist then 'te grof'
        else 'gemeten'
    end as hoe_bekend,
    soort, bron
from oordeel
where indicator is not null
order by randvoorwaarde, gebied;

-- Per doelgroep en mantelzorgsituatie: de graad uit de eisen, de status uit het gebied.
-- Hoeveel mensen het raakt is onbekend zolang de omvang van de doelgroep dat is.
create view randvoorwaarde_status as
select
    g.code as gebied, e.doelgroep, e.mantelzorg, e.randvoorwaarde, e.graad,
    coalesce(r.status, 'onbekend') as status, null::double as mensen, null::double as onder, null::double as boven,
    coalesce(r.hoe_bekend, 'onbekend') as hoe_bekend, r.indicator, r.waarde, r.jaar, r.bron
from gebied g
cross join eis e
left join randvoorwaarde_gebied r on r.gebied = g.code and r.randvoorwaarde = e.randvoorwaarde
where e.graad <> '-';
