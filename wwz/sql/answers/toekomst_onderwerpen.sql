-- Welke cijfers door te rekenen zijn naar later: van elk is bekend hoe vaak het per leeftijd voorkomt. Eén rij per
-- indicator.

select distinct onderwerp from toekomst_prevalentie where not leeftijd order by onderwerp;
