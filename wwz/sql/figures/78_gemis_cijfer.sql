-- Wie iets noodzakelijks mist, als laag op de kaart (rules/77_gemis_laag.sql), voor gebieden van elk niveau.

insert into cijfer select * from gemis_cijfer(['buurt', 'wijk', 'gemeente', 'eigen', 'land'], []);
