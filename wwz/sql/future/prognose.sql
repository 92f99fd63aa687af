-- Wat PBL en CBS per gemeente verwachten, van de gemeenten die zelf geen prognose opgaven. van, tot: leeftijd in jaren.

select p.gemeente, p.jaar, p.van, p.tot, max(p.mensen) as mensen
from prognose_regionaal p
join gebied g on g.code = p.gemeente and g.niveau = 'gemeente'
where p.gemeente not in (select gemeente from prognose_lezing)
group by p.gemeente, p.jaar, p.van, p.tot
order by p.gemeente, p.jaar, p.van, p.tot;
