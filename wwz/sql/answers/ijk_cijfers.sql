-- Wat van de te schatten indicatoren gepubliceerd is, voor het ijken: één rij per gebied en indicator, aandeel 0 tot 1.

select gebied, indicator, aandeel
from gepubliceerd
where jaar = (select max(jaar) from schatting_jaar where gepubliceerd)
order by gebied, indicator;
