-- Van de 65-plussers hebben er niet meer een beperking dan van iedereen vanaf 18 jaar.
-- Hoe dat komt: figures/70_ouderen.sql.

select a.gebied, a.indicator, a.jaar, a.teller as alle, o.teller as ouderen
from indicator i
join indicator j on j.laag = i.laag and j.noemer = 'leeftijd_65plus' and j.per = i.per
join cijfer a on a.indicator = i.code
join cijfer o on o.indicator = j.code and o.gebied = a.gebied and o.jaar = a.jaar
where i.noemer = 'leeftijd_18plus' and i.regel = 'aandeel' and o.teller > a.teller + 1e-3
order by all;
