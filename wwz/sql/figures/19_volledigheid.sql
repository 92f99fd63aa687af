-- Hoe volledig een lijst met punten is naast de afstanden van het CBS: een zin voor de bronregel, die 54 vult.
create table volledigheid (bron varchar, tekst varchar);
