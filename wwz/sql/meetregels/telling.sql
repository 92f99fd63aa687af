-- Hoeveel voorzieningen er gemiddeld dichtbij zijn, zegt hoeveel mensen er minstens geen hebben (55_gemiddelde).
-- De indicator is een van de tellingen in afstand.toml; van alle indicatoren samen gaat het om wie geen van alle heeft.

insert into bewijs by name
select g.buurt, g.doel as randvoorwaarde, g.rang, g.werking, g.minstens, g.zeker as onder
from zonder_geteld g
where g.soort = 'randvoorwaarde';
