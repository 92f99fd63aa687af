-- Welk deel van de mensen iets mist als een plan er is: zie figures/37_tekort.sql. Geldt voor een cursor.

set variable plan = $plan;
