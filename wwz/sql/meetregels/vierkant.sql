-- Het CBS meet per vierkant van 100 meter hoe ver de dichtstbijzijnde winkels over de weg zijn en hoeveel er binnen 1
-- kilometer zijn: van alle winkels, zonder lijst met punten. De indicator is een soort winkel; van alle soorten samen
-- gaat het om wie er geen van heeft. De norm is die van de randvoorwaarde.
-- Parameters: straal (m): is dat de norm, dan is het aantal binnen de norm geteld, en telt dat; afronding en ruim (km):
-- zo veel kan de afstand schelen door het afronden, en binnen een vierkant: een grens rust alleen op wat er ruim boven
-- ligt; geheim: zo veel mensen nemen wij aan waar het aantal geheim is.

insert into bewijs by name
with vraag as (
    select
        m.randvoorwaarde, m.rang, m.werking, r.norm_m, max(m.parameters) as parameters, max(m.indicator) as indicator
    from meetregel m
    join randvoorwaarde r on r.code = m.randvoorwaarde
    where m.regel = 'vierkant'
    group by m.randvoorwaarde, m.rang, m.werking, r.norm_m
),

-- Per vierkant: de dichtstbijzijnde van de soorten, en hoeveel er samen zijn. Is er een onbekend, dan het geheel ook.
vierkant_nu as (
    select
        q.*, v.buurt, v.jaar, coalesce(v.inwoners, parameter(q.parameters, 'geheim')) as inwoners,
        coalesce(v.vanaf_65, 0) as vanaf_65, v.aantal_supermarkt + v.aantal_winkel as aantal,
        case when v.km_supermarkt is not null and v.km_winkel is not null
            then in_meter(least(v.km_supermarkt, v.km_winkel)) end as meters,
        in_meter(parameter(q.parameters, 'afronding') + parameter(q.parameters, 'ruim')) as marge,
        q.norm_m = parameter(q.parameters, 'straal') as geteld
    from vierkant_buurt v
    cross join vraag q
    where coalesce(v.inwoners, 1) > 0
),

-- Beide zijn een gemiddelde van wie er wonen: ligt de afstand bij de norm, dan heeft de een het wel en de ander niet.
-- Zijn er gemiddeld 0,4, dan heeft hooguit 40% er een.
beoordeeld as (
    select
        *, case when geteld then ondergrens(1 - aantal) when meters > norm_m then 1 when meters <= norm_m then 0
            end as midden,
        case
            when midden is null then null
            when meters - marge > norm_m then 1
            when werking = 'begrenst' or meters + marge <= norm_m then 0
            else ondergrens(1 - coalesce(aantal, 1) - 2 * (select afronding_aantal from oordeel))
        end as weinig,
        case when midden is null then null when meters + marge <= norm_m then 0 else 1 end as veel
    from vierkant_nu
),

per_buurt as (
    select
        buurt, randvoorwaarde, rang, werking, indicator, max(jaar) as jaar, sum(inwoners) as alle,
        sum(inwoners) filter (midden is not null) as bekend, sum(inwoners * midden) as zonder,
        sum(inwoners * weinig) as weinig, sum(inwoners * veel) as veel, sum(vanaf_65) as alle_65,
        sum(vanaf_65) filter (midden is not null) as bekend_65, sum(vanaf_65 * midden) as zonder_65,
        sum(vanaf_65 * weinig) as weinig_65, sum(vanaf_65 * veel) as veel_65
    from beoordeeld
    group by buurt, randvoorwaarde, rang, werking, indicator
)

-- Een vierkant waarvan het niet bekend is, krijgt het deel van de rest, en telt in de marge aan beide kanten.
select
    buurt, randvoorwaarde, rang, werking, case when werking = 'beslist' then zonder / bekend end as aandeel,
    weinig / alle as onder, case when werking = 'beslist' then (veel + alle - bekend) / alle end as boven,
    case when werking = 'begrenst' then weinig / alle end as minstens,
    case when werking = 'beslist' and alle_65 > 0 then zonder_65 / nullif(bekend_65, 0) end as aandeel_65,
    case when werking = 'beslist' and bekend_65 > 0 then weinig_65 / alle_65 end as onder_65,
    case when werking = 'beslist' and bekend_65 > 0 then (veel_65 + alle_65 - bekend_65) / alle_65 end as boven_65,
    'vierkant' as hoe, indicator, 100 * (1 - zonder / bekend) as waarde, coalesce(jaar, 0) as jaar, 'raster_vol' as bron
from per_buurt
where bekend > 0 and bekend / alle >= (select dekking_minimaal from regel);
