-- Elke buurt hoort bij een wijk en een gemeente die er ook zijn.

select b.code, b.wijk, b.gemeente
from gebied b
left join gebied w on w.code = b.wijk and w.niveau = 'wijk'
left join gebied g on g.code = b.gemeente and g.niveau = 'gemeente'
where b.niveau = 'buurt' and (w.code is null or g.code is null)
order by b.code;
