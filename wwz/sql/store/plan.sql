-- Welk deel van de mensen iets mist als een plan er is: zie rules/65_tekort_nu.sql. Geldt voor een cursor.

set variable plan = $plan;
