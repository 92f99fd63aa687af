-- Hoeveel mensen er in elke gemeente wonen, in het nieuwste jaar.

select g.gemeente, sum(i.inwoners) as inwoners
from inwoners_nu i
join gebied g on g.code = i.gebied and g.kleinste
group by g.gemeente
order by g.gemeente;
