-- Geschat uit een gemiddelde afstand en de vorm van de verdeling (55_gemiddelde).
-- De norm is die van de randvoorwaarde. Parameter vanaf: voor een kortere afstand is een gemiddelde te grof.

insert into bewijs by name
select
    d.buurt, d.doel as randvoorwaarde, d.rang, d.werking, d.aandeel, d.onder, d.boven, 'gemiddelde' as hoe, d.indicator,
    d.waarde, d.jaar, d.bron
from zonder_uit_gemiddelde d
where d.soort = 'randvoorwaarde';
