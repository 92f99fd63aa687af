-- Adressen in een buurt op het scherm. gewicht: inwoners op het adres, of 1 als dat in het hele bestand ontbreekt.

select a.buurt, a.x, a.y, coalesce(a.inwoners, 1) as gewicht
from adres a
join gebied g on g.code = a.buurt and g.niveau = 'buurt'
where coalesce(a.inwoners, 1) > 0
order by a.buurt, a.x, a.y;
