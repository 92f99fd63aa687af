-- Zonder punten: welk deel van de mensen een voorziening verder weg heeft dan zo veel meter, uit wat het CBS per buurt
-- geeft: de gemiddelde afstand over de weg en het gemiddelde aantal binnen 1 kilometer.

-- Deel dat verder woont dan de norm, uit een gemiddelde afstand en de vorm van de verdeling (Weibull).
create macro deel_verder(km, norm_m, vorm) as
    case when km <= 0 then 0 else exp(-pow(gamma(1 + 1 / vorm) * norm_m / (1000 * km), vorm)) end;

-- Twee soorten tellen soms voor hetzelfde (supermarkt en andere winkel): dan gaat het om de dichtstbijzijnde. Wie geen
-- van beide dichtbij heeft, is hooguit het kleinste van de twee delen, en zouden ze los van elkaar liggen, dan het
-- product.
create table zonder_uit_gemiddelde as
with vraag as (
    -- Een gemiddelde is te grof voor een korte afstand: vanaf hoeveel meter het mag, staat in vanaf.
    select 'randvoorwaarde' as soort, r.code as doel, i.indicator, r.norm_m::bigint as meter
    from randvoorwaarde_indicator i
    join randvoorwaarde r on r.code = i.randvoorwaarde and r.meetbaar = 'afstand' and r.norm_m >= i.vanaf
    union all
    select 'bereik', m.bereik, m.indicator, b.meter
    from bereik_gemiddelde m
    join bereik b on b.code = m.bereik and b.meter >= m.vanaf
),

soorten as (
    select soort, doel, meter, count(*) as indicatoren from vraag group by soort, doel, meter
),

nieuwste as (
    select c.gebied as buurt, c.indicator, c.waarde as km, c.jaar, c.bron
    from cijfer c
    join gebied g on g.code = c.gebied and g.kleinste
    where c.indicator in (select indicator from vraag)
    qualify row_number() over (partition by c.gebied, c.indicator order by c.jaar desc) = 1
),

-- Binnen de straal van een telling woont hooguit zo'n deel dichtbij als er gemiddeld voorzieningen zijn.
telling as (
    select v.gebied as buurt, a.indicator, a.meter as straal, v.waarde as aantal
    from afstand_aantal a
    join variabele_gebied v on v.variabele = a.variabele
    qualify row_number() over (partition by v.gebied, a.indicator order by v.jaar desc) = 1
),

per_indicator as (
    select
        v.soort, v.doel, v.meter, n.*, t.aantal, deel_verder(n.km, v.meter, o.vorm) as aandeel,
        least(deel_verder(n.km - o.afronding_km, v.meter, o.vorm_breed),
            deel_verder(n.km - o.afronding_km, v.meter, o.vorm_smal)) as onder,
        greatest(deel_verder(n.km + o.afronding_km, v.meter, o.vorm_breed),
            deel_verder(n.km + o.afronding_km, v.meter, o.vorm_smal)) as boven
    from vraag v
    join nieuwste n on n.indicator = v.indicator
    left join telling t on t.buurt = n.buurt and t.indicator = n.indicator and t.straal >= v.meter
    cross join oordeel o
),

samen as (
    select
        soort, doel, meter, buurt, min(aandeel) as aandeel, product(least(onder, aandeel)) as onder,
        min(greatest(boven, aandeel)) as boven,
        -- Even ver: de eerste op naam, anders kiest elke bouw zelf.
        min(km) as waarde, arg_min(indicator, (km, indicator)) as indicator, arg_min(jaar, (km, indicator)) as jaar,
        arg_min(bron, (km, indicator)) as bron,
        sum(aantal) as aantal, count(aantal) as geteld
    from per_indicator
    group by soort, doel, meter, buurt
),

-- Alleen als van elke soort het aantal bekend is, is het een grens. 0,0 is niemand; een ander aantal is op een tiende
-- afgerond.
begrensd as (
    select
        s.*, case when s.geteld = v.indicatoren then ondergrens(1 - s.aantal) else 0 end as minstens,
        case when s.geteld < v.indicatoren then 0 when s.aantal = 0 then 1
            else ondergrens(1 - s.aantal - s.geteld * o.afronding_aantal) end as zeker
    from samen s
    join soorten v on v.soort = s.soort and v.doel = s.doel and v.meter = s.meter
    cross join oordeel o
)

select
    soort, doel, meter, buurt, greatest(aandeel, minstens) as aandeel, greatest(onder, zeker) as onder,
    greatest(boven, minstens) as boven,
    waarde, indicator, jaar, bron
from begrensd;
