-- Woningen in een buurt op het scherm (waar geen buurten zijn: in de wijk of gemeente van hun buurt), of zonder
-- genoemde buurt. Een object van de BAG telt één keer, ook als het in meer bestanden staat. Of het er genoeg zijn,
-- beslist de meting zelf. gewicht: inwoners op het adres, of 1 als dat in het hele bestand ontbreekt; gewicht_65:
-- 65-plussers op het adres, of hetzelfde als gewicht.

select
    coalesce(g.code, a.buurt) as buurt, a.x, a.y, coalesce(a.inwoners, 1) as gewicht,
    coalesce(a.vanaf_65, a.inwoners, 1) as gewicht_65
from adres a
left join gebied g on g.kleinste and g.code in (a.buurt, wijk_van(a.buurt), gemeente_van(a.buurt))
where a.woning and coalesce(a.inwoners, 1) > 0 and (a.buurt is null or g.code is not null)
qualify
    a.object is null
    or row_number() over (partition by a.object order by a.inwoners desc nulls last, a.buurt, a.x, a.y) = 1
order by 1, a.x, a.y;
