-- Welke gemeenten de regionale prognose van PBL en CBS volgen: die zelf geen prognose opgaven.

select distinct p.gemeente, g.naam
from prognose_regionaal p
join gebied g on g.code = p.gemeente and g.niveau = 'gemeente'
where p.gemeente not in (select gemeente from eigen_prognose)
order by p.gemeente;
