-- Wat het RIVM publiceert van wie minstens één van horen, zien en bewegen heeft, per buurt (0 tot 1); groep: 18 of 65.

select c.gebied, right(c.indicator, 2) as groep, c.waarde / 100 as aandeel
from cijfer c
join gebied g on g.code = c.gebied and g.kleinste
where c.indicator in ('lichamelijke_beperking_18', 'lichamelijke_beperking_65') and c.soort = 'gepubliceerd'
qualify row_number() over (partition by c.gebied, c.indicator order by c.jaar desc) = 1
order by c.gebied, groep;
