-- Wie iets noodzakelijks mist, als laag op de kaart (rules/77_gemis_laag.sql).
-- Een niveau tegelijk: voor het hele land past alles samen niet in het geheugen.
insert into cijfer select * from gemis_cijfer(['buurt'], []);

insert into cijfer select * from gemis_cijfer(['wijk'], []);

insert into cijfer select * from gemis_cijfer(['gemeente'], []);

insert into cijfer select * from gemis_cijfer(['eigen'], []);

insert into cijfer select * from gemis_cijfer(['land'], []);
