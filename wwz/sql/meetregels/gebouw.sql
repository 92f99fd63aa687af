-- Welk deel van de mensen niet in een nultredenwoning woont, uit wat per woning van het pand bekend is (59_gebouw).
-- Parameters: voorkeur: hoe veel vaker wie het nodig heeft er al woont, met hoe weinig en hoe veel dat kan zijn. Hoe
-- ver het deel van de woningen en de voorkeur ernaast kunnen zitten, staat los van elkaar: dat telt op als kwadraten.

insert into bewijs by name
with regel as (
    select
        *, parameter(parameters, 'voorkeur') as keer, parameter(parameters, 'voorkeur_weinig') as keer_weinig,
        parameter(parameters, 'voorkeur_veel') as keer_veel
    from meetregel
    where regel = 'gebouw'
),

deel as (
    select
        b.*, r.*, met_voorkeur(midden, keer) as zo,
        met_voorkeur(least(midden + speling, 1), keer) - zo as meer_woningen,
        zo - met_voorkeur(greatest(midden - speling, 0), keer) as minder_woningen,
        met_voorkeur(midden, keer_veel) - zo as meer_voorkeur, zo - met_voorkeur(midden, keer_weinig) as minder_voorkeur
    from gebouw_buurt b
    cross join regel r
)

select
    buurt, randvoorwaarde, rang, werking, 1 - zo as aandeel,
    ondergrens(1 - zo - sqrt(meer_woningen * meer_woningen + meer_voorkeur * meer_voorkeur)) as onder,
    least(1, 1 - zo + sqrt(minder_woningen * minder_woningen + minder_voorkeur * minder_voorkeur)) as boven,
    'gebouw' as hoe, indicator, 100 * gestapeld as waarde, jaar, 'bag' as bron
from deel;
