-- Alle metingen van bereik bij elkaar, per buurt en groep: uit punten, en anders uit de gemiddelde afstand (dan is het
-- deel van de 65-plussers niet apart bekend).

create view bereik_alles as
select buurt, bereik, groep, meter, binnen, binnen_onder, binnen_boven, herkomst, netwerk
from bereik_marge
union all
select
    buurt, bereik, 'inwoners', meter, binnen, least(binnen, binnen_onder), greatest(binnen, binnen_boven), 'gemiddelde',
    0
from bereik_uit_gemiddelde;

-- Wie er per buurt wonen: alle inwoners, 65-plussers, en elke doelgroep. leeftijd: van wie het deel binnen bereik komt.
create view bereik_wie as
select buurt, groep, groep as leeftijd, mensen, mensen as onder, mensen as boven, jaar, true as geteld
from bereik_mensen
where mensen > 0
union all
select d.buurt, d.doelgroep, leeftijd_van(c.cluster), d.mensen, d.mensen_onder, d.mensen_boven, d.jaar, d.geteld
from doelgroep_buurt d
join doelgroep_cluster c on c.doelgroep = d.doelgroep;
