-- Zonder punten: welk deel van de mensen een voorziening verder weg heeft dan zo veel meter, uit wat het CBS per buurt
-- geeft: de gemiddelde afstand over de weg en het gemiddelde aantal binnen 1 kilometer.

-- Deel dat verder woont dan de norm, uit een gemiddelde afstand en de vorm van de verdeling (Weibull).
create macro deel_verder(km, norm_m, vorm) as
    case when km <= 0 then 0 else exp(-pow(gamma(1 + 1 / vorm) * norm_m / in_meter(km), vorm)) end;

-- Twee soorten tellen soms voor hetzelfde (supermarkt en andere winkel): dan gaat het om de dichtstbijzijnde. Wie geen
-- van beide dichtbij heeft, is hooguit het kleinste van de twee delen, en zouden ze los van elkaar liggen, dan het
-- product.
create table zonder_uit_gemiddelde as
with vraag as (
    -- Een gemiddelde is te grof voor een korte afstand: vanaf hoeveel meter het mag, staat in vanaf.
    select 'randvoorwaarde' as soort, r.code as doel, m.rang, m.werking, m.indicator, r.norm_m::bigint as meter
    from meetregel m
    join randvoorwaarde r on r.code = m.randvoorwaarde and r.norm_m >= coalesce(parameter(m.parameters, 'vanaf'), 0)
    where m.regel = 'gemiddelde'
    union all
    select 'bereik', m.bereik, 0, null, m.indicator, b.meter
    from bereik_gemiddelde m
    join bereik b on b.code = m.bereik and b.meter >= m.vanaf
),

nieuwste as (
    select c.gebied as buurt, c.indicator, c.waarde as km, c.jaar, c.bron
    from cijfer c
    join gebied g on g.code = c.gebied and g.kleinste
    where c.indicator in (select indicator from vraag)
    qualify row_number() over (partition by c.gebied, c.indicator order by c.jaar desc) = 1
),

per_indicator as (
    select
        v.*, n.* exclude (indicator), deel_verder(n.km, v.meter, o.vorm) as aandeel,
        least(deel_verder(n.km - o.afronding_km, v.meter, o.vorm_breed),
            deel_verder(n.km - o.afronding_km, v.meter, o.vorm_smal)) as onder,
        greatest(deel_verder(n.km + o.afronding_km, v.meter, o.vorm_breed),
            deel_verder(n.km + o.afronding_km, v.meter, o.vorm_smal)) as boven
    from vraag v
    join nieuwste n on n.indicator = v.indicator
    cross join oordeel o
)

select
    soort, doel, rang, werking, meter, buurt, min(aandeel) as aandeel, product(least(onder, aandeel)) as onder,
    min(greatest(boven, aandeel)) as boven,
    -- Even ver: de eerste op naam, anders kiest elke bouw zelf.
    min(km) as waarde, arg_min(indicator, (km, indicator)) as indicator, arg_min(jaar, (km, indicator)) as jaar,
    arg_min(bron, (km, indicator)) as bron
from per_indicator
group by soort, doel, rang, werking, meter, buurt;

-- Binnen de straal van een telling woont hooguit zo'n deel dichtbij als er gemiddeld voorzieningen zijn. minstens: dat
-- deel van de mensen heeft er dus geen (0 tot 1); zeker: hetzelfde, als de telling door het afronden te laag was.
create table zonder_geteld as
with vraag as (
    select
        'randvoorwaarde' as soort, r.code as doel, m.rang, m.werking, m.indicator as variabele,
        r.norm_m::bigint as meter
    from meetregel m
    join randvoorwaarde r on r.code = m.randvoorwaarde
    where m.regel = 'telling'
    union all
    select 'bereik', m.bereik, 0, null, a.variabele, b.meter
    from bereik_gemiddelde m
    join bereik b on b.code = m.bereik and b.meter >= m.vanaf
    left join afstand_aantal a on a.indicator = m.indicator
),

soorten as (
    select soort, doel, rang, meter, count(*) as tellingen from vraag group by soort, doel, rang, meter
),

telling as (
    select v.gebied as buurt, a.variabele, a.meter as straal, v.waarde as aantal
    from afstand_aantal a
    join variabele_gebied v on v.variabele = a.variabele
    qualify row_number() over (partition by v.gebied, a.variabele order by v.jaar desc) = 1
),

samen as (
    select v.soort, v.doel, v.rang, v.werking, v.meter, t.buurt, sum(t.aantal) as aantal, count(*) as geteld
    from vraag v
    join telling t on t.variabele = v.variabele and t.straal >= v.meter
    join gebied g on g.code = t.buurt and g.kleinste
    group by v.soort, v.doel, v.rang, v.werking, v.meter, t.buurt
)

-- Alleen als van elke soort het aantal bekend is, is het een grens. 0,0 is niemand; een ander aantal is op een tiende
-- afgerond.
select
    s.soort, s.doel, s.rang, s.werking, s.meter, s.buurt, ondergrens(1 - s.aantal) as minstens,
    case when s.aantal = 0 then 1 else ondergrens(1 - s.aantal - s.geteld * o.afronding_aantal) end as zeker
from samen s
join soorten v on v.soort = s.soort and v.doel = s.doel and v.rang = s.rang and v.meter = s.meter
    and v.tellingen = s.geteld
cross join oordeel o;
