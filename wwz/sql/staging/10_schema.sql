-- Tabellen waar de bronnen in binnenkomen, en de kennis waarmee ze gelezen worden.

create table bestand (
    bestand integer primary key, naam varchar, onderdeel varchar, soort varchar, familie varchar,
    jaar integer, indeling integer, jaar_uit varchar, rijen integer,
    tabel varchar, versie varchar, opgehaald varchar, licentie varchar
);

create table melding (bestand varchar, ernst varchar, tekst varchar, aantal bigint);

-- Zoals het in het bestand stond: een cel per rij, als tekst.
create table cel (bestand integer, gebied varchar, rij_jaar integer, maat varchar, variabele varchar, tekst varchar);

-- Van de grens ook het midden (m, RD) en het vlak (ha): daaraan is te zien of twee grenzen hetzelfde gebied zijn.
create table gebied_lezing (
    bestand integer, indeling integer, code varchar, naam varchar, gemeentenaam varchar,
    wijziging varchar, water varchar, midden_x double, midden_y double, vlak_ha double, grens blob
);

create table punt (soort varchar, naam varchar, lat double, lon double, bestand varchar);

-- Adressen in RD-meters, met de buurt waarin ze liggen en hoeveel mensen er wonen (leeg waar dat niet bekend is).
create table adres (x double, y double, buurt varchar, inwoners double);
