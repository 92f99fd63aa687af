-- Inwoners per gemeente, jaar en leeftijdsband, zoals de bouw ze nu verwacht. Voor het sjabloon van een eigen prognose.

select g.gemeente, t.jaar, t.band, sum(t.mensen) as aantal
from toekomst_leeftijd t
join gebied g on g.code = t.gebied
where g.gemeente is not null
group by g.gemeente, t.jaar, t.band
order by g.gemeente, t.jaar, t.band;
