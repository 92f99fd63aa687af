-- Per buurt en leeftijdsband het deel dat thuis woont (0 tot 1).

select gebied, band, thuis from thuis_nu order by gebied, band;
