-- Per buurt hoeveel mensen er in elke doelgroep zijn, in het nieuwste jaar; bit: welke doelgroep.

select c.gebied, d.bit, c.teller as mensen
from cijfer c
join doelgroep_cluster k on k.indicator = c.indicator
join persoon_doelgroep d on d.doelgroep = k.doelgroep
join gebied g on g.code = c.gebied and g.kleinste
where c.teller is not null
qualify row_number() over (partition by c.gebied, c.indicator order by c.jaar desc) = 1
order by c.gebied, d.bit;
