-- Wat er over de bestanden en de plaatsen te melden was, bij wat de stappen zelf melden.

insert into melding select * from melding_bestand;

insert into melding select * from melding_afstand;
