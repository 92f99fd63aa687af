-- Wat elke meetregel per buurt over een randvoorwaarde zegt (tabel meetregel). Hierna vult elk bestand in meetregels/
-- deze tabel voor de regels van zijn soort; 64_tekort maakt er een oordeel van.

-- beslist en signaleert: aandeel, onder, boven: deel van de mensen dat haar mist (0 tot 1), met marge; …_65: hetzelfde
-- van de 65-plussers, leeg waar dat niet apart bekend is. begrenst: minstens en hooguit: dat deel is niet kleiner of
-- groter; onder en boven: zo ver kunnen die grenzen zelf nog schuiven. Beslist met minstens en hooguit: erbuiten kan
-- het zeker niet zijn, al is niet alles gemeten. waarde: het gegeven zelf, in de eenheid van indicator.
create table bewijs (
    buurt varchar, randvoorwaarde varchar, rang bigint, werking varchar, aandeel double, onder double, boven double,
    aandeel_65 double,
    onder_65 double, boven_65 double, minstens double, hooguit double, hoe varchar, indicator varchar, waarde double,
    jaar bigint, bron varchar
);

-- Een deel van alle mensen wordt het deel van wie het nodig heeft: hun kans (a tegen 1 - a) is zo veel keer groter.
create macro met_voorkeur(deel, keer) as keer * deel / (1 - deel + keer * deel);
