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
        coalesce(v.vanaf_65, 0) as vanaf_65,
        case
            when q.norm_m = parameter(q.parameters, 'straal') then
                case when v.aantal_supermarkt + v.aantal_winkel > 0 then 0
                    when v.aantal_supermarkt + v.aantal_winkel = 0 then 1 end
            when v.km_supermarkt is null or v.km_winkel is null then null
            when in_meter(
                least(v.km_supermarkt, v.km_winkel) - case q.werking when 'begrenst'
                    then parameter(q.parameters, 'afronding') + parameter(q.parameters, 'ruim') else 0 end
            ) > q.norm_m then 1
            else 0
        end as zonder
    from vierkant_buurt v
    cross join vraag q
    where coalesce(v.inwoners, 1) > 0
),

per_buurt as (
    select
        buurt, randvoorwaarde, rang, werking, indicator, max(jaar) as jaar, sum(inwoners) as alle,
        sum(inwoners) filter (zonder is not null) as bekend, sum(inwoners * zonder) as zonder,
        sum(vanaf_65) as alle_65,
        sum(vanaf_65) filter (zonder is not null) as bekend_65, sum(vanaf_65 * zonder) as zonder_65
    from vierkant_nu
    group by buurt, randvoorwaarde, rang, werking, indicator
)

-- Een vierkant waarvan het niet bekend is, krijgt het deel van de rest, en telt in de marge aan beide kanten.
select
    buurt, randvoorwaarde, rang, werking, case when werking = 'beslist' then zonder / bekend end as aandeel,
    zonder / alle as onder, case when werking = 'beslist' then (zonder + alle - bekend) / alle end as boven,
    case when werking = 'begrenst' then zonder / alle end as minstens,
    case when werking = 'beslist' and alle_65 > 0 then zonder_65 / nullif(bekend_65, 0) end as aandeel_65,
    case when werking = 'beslist' and bekend_65 > 0 then zonder_65 / alle_65 end as onder_65,
    case when werking = 'beslist' and bekend_65 > 0 then (zonder_65 + alle_65 - bekend_65) / alle_65 end as boven_65,
    'vierkant' as hoe, indicator, 100 * (1 - zonder / bekend) as waarde, coalesce(jaar, 0) as jaar, 'raster_vol' as bron
from per_buurt
where bekend > 0 and bekend / alle >= (select dekking_minimaal from regel);
