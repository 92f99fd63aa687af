-- Elk gebied bestaat uit buurten die er zijn, en elke buurt hoort bij haar eigen gebied.

select l.gebied, l.buurt
from gebied_buurt l
left join gebied g on g.code = l.gebied
left join gebied b on b.code = l.buurt and b.kleinste
where g.code is null or b.code is null
order by all;
