-- Wie iets noodzakelijks mist, als laag op de kaart (rules/77_gemis_laag.sql), voor $niveaus.

insert into cijfer select * from gemis_cijfer($niveaus, []);
