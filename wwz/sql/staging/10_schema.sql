-- Tabellen waar de bronnen in binnenkomen, en de kennis waarmee ze gelezen worden.

create table bestand (
    bestand integer primary key, naam varchar, onderdeel varchar, soort varchar, familie varchar,
    jaar integer, indeling integer, jaar_uit varchar, rijen integer,
    tabel varchar, versie varchar, opgehaald varchar, licentie varchar
);

create table melding (bestand varchar, ernst varchar, tekst varchar, aantal bigint);

-- Dezelfde, voordat zij erbij komen (figures/98_meldingen.sql): over de bestanden, en over plaatsen en afstanden.
create table melding_bestand (bestand varchar, ernst varchar, tekst varchar, aantal bigint);

create table melding_afstand (bestand varchar, ernst varchar, tekst varchar, aantal bigint);

-- Zoals het in het bestand stond: een cel per rij, als tekst. Alleen voor het bouwen.
create temp table cel (bestand integer, gebied varchar, rij_jaar integer, maat varchar, variabele varchar,
    tekst varchar);

-- Van de grens ook het midden (m, RD) en het vlak (ha): daaraan is te zien of twee grenzen hetzelfde gebied zijn.
create table gebied_lezing (
    bestand integer, indeling integer, code varchar, naam varchar, gemeentenaam varchar,
    wijziging varchar, water varchar, midden_x double, midden_y double, vlak_ha double, grens blob
);

-- Voorzieningen zoals ze in de bestanden stonden; zonder plaats is er alleen een postcode met huisnummer. rand: een
-- vlak met punten langs zijn rand (WKB als tekst, RD-meters); rolstoel: ja, deels of nee, leeg als het er niet bij
-- staat.
create table punt_gelezen (
    soort varchar, naam varchar, lat double, lon double, postcode varchar, huisnummer varchar, rand varchar,
    rolstoel varchar, bestand varchar
);

-- Dezelfde, nagekeken en zonder dubbele, voordat de gemeente er iets aan wijzigde.
create table punt_bestand (
    id varchar, soort varchar, naam varchar, lat double, lon double, rolstoel varchar, bestand varchar
);

-- Voorzieningen die meetellen: nagekeken, zonder dubbele, met wat de gemeente zelf wijzigde (herkomst eigen).
create table punt (
    id varchar, soort varchar, naam varchar, lat double, lon double, x double, y double, rolstoel varchar,
    bestand varchar, herkomst varchar
);

-- Waar bij een voorziening naar gemeten wordt behalve naar haar punt: plekken langs haar rand, in RD-meters. id als in
-- punt.
create table punt_rand (id varchar, x double, y double);

-- Het vlak zelf (WKB, RD-meters): wie erin woont, is er al. id als in punt.
create table punt_vlak (id varchar, vlak blob);

-- Adressen in RD-meters, met de buurt waarin ze liggen en hoeveel mensen er wonen (leeg waar dat niet bekend is).
-- woning: of het er een is; een kantoor of een nevenadres zegt alleen waar een postcode ligt. object: het nummer in de
-- BAG, waar dat bekend is.
create table adres (
    x double, y double, buurt varchar, inwoners double, vanaf_65 double, postcode varchar, huisnummer varchar,
    woning boolean,
    object varchar
);

-- Verblijfsobjecten waarvan bekend is in welk pand ze liggen, woningen en andere: hoeveel er in een pand zijn, zegt of
-- het gestapeld is. jaar: van de lijst.
create table adres_pand (
    x double, y double, buurt varchar, object varchar, pand varchar, oppervlakte double, woning boolean, jaar bigint
);

-- Dezelfde, elk object een keer, met de buurt waarin ze liggen; alleen waar de lijst volledig genoeg is.
create table woning_pand (
    buurt varchar, object varchar, pand varchar, oppervlakte double, woning boolean, jaar bigint
);

-- Panden: het nummer in de BAG, het kenmerk waarmee PDOK ernaar verwijst, en wat ervan bekend is.
create table pand (nummer varchar, kenmerk varchar, bouwjaar bigint, bouwlagen bigint);

-- Wegdelen uit de BGT, als punten langs hun rand (RD-meters). breedte in meters; soort: voetpad, trap, ruim
-- (voetgangersgebied, woonerf) of straat (rijbaan, fietspad …); jaar: van de lijst.
create table stoep (x double, y double, breedte double, soort varchar, bronhouder varchar, jaar bigint);

-- Bankjes uit de BGT; die uit OpenStreetMap staan bij de voorzieningen.
create table bank (x double, y double, bronhouder varchar);

-- Per buurt en breedte (meters): welk deel van de woningen (0 tot 1) een route naar winkel en ontmoetingsplek heeft
-- waarvan te veel geen voetpad van die breedte heeft (smal), en geen enkel bankje (zonder_bank; leeg waar ze niet
-- bijgehouden worden); zonder: een van beide. route: het deel van de routes met zo'n voetpad. woningen: hoeveel er zijn
-- bekeken.
create table looproute_buurt (
    buurt varchar, breedte double, woningen bigint, smal double, zonder_bank double, zonder double, route double,
    jaar bigint
);

-- In welke buurt een postcode ligt, en met hoeveel huisnummers: een postcode kan in meer buurten liggen. jaar: van de
-- indeling in buurten, leeg waar dat niet bekend is.
create table postcode_buurt (postcode varchar, buurt varchar, jaar integer, adressen bigint);

-- Vierkanten van 100 meter (CBS): het midden in RD-meters; leeg is geheim. km_…: afstand over de weg tot de
-- dichtstbijzijnde, aantal_…: hoeveel er binnen 1 kilometer zijn; leeg waar het bestand ze niet heeft.
create table vierkant (
    x double, y double, inwoners double, vanaf_65 double, km_supermarkt double, km_winkel double,
    aantal_supermarkt double, aantal_winkel double, jaar bigint, bestand varchar
);

-- Dezelfde met afstanden, met de buurt waarin ze liggen.
create table vierkant_buurt (
    x double, y double, inwoners double, vanaf_65 double, km_supermarkt double, km_winkel double,
    aantal_supermarkt double, aantal_winkel double, jaar bigint, buurt varchar
);

-- Looproutes: rechte stukken van punt naar punt, in RD-meters.
create table looplijn (x1 double, y1 double, x2 double, y2 double, bestand varchar);
