-- Wat van een randvoorwaarde in een gebied bekend is. Zonder meting: onbekend, nooit voldoet.

create macro oordeel_afstand(km, norm_m, beslist) as
    case
        when km is null or not beslist then 'onbekend'
        when 1000 * km <= (select afstand_voldoet_factor from regel) * norm_m then 'voldoet'
        when 1000 * km > (select afstand_knelpunt_factor from regel) * norm_m then 'knelpunt'
        else 'deels'
    end;

create macro oordeel_bekend(km, beslist) as
    case when km is null then 'onbekend' when not beslist then 'te grof' else 'gemeten' end;

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
        m.gebied, r.code as randvoorwaarde, m.indicator, m.jaar, m.waarde, m.soort, m.bron,
        oordeel_afstand(m.waarde, r.norm_m, r.gemiddelde_beslist) as status,
        oordeel_bekend(m.waarde, r.gemiddelde_beslist) as hoe_bekend
    from gemeten m
    join randvoorwaarde r on r.code = m.randvoorwaarde
    where m.rang = 1
)

select * from oordeel order by randvoorwaarde, gebied;

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
