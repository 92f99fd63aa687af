-- Wat er per buurt, jaar en grove band geteld is, zoals de bron het geeft.

select gebied, jaar, band, mensen from leeftijd_grof where soort = 'gepubliceerd' order by gebied, jaar, band;
