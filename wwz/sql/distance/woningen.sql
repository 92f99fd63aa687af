-- Verblijfsobjecten waarvan het pand bekend is, elk object een keer, in een buurt op het scherm of zonder
-- genoemde buurt.

select
    coalesce(g.code, a.buurt) as buurt, a.x, a.y, a.object, a.pand, a.oppervlakte, a.woning, a.jaar
from adres_pand a
left join gebied g on g.kleinste and g.code in (a.buurt, wijk_van(a.buurt), gemeente_van(a.buurt))
where a.buurt is null or g.code is not null
qualify
    a.object is null
    or row_number() over (partition by a.object order by a.jaar desc, a.buurt, a.x, a.y) = 1
order by 1, a.x, a.y, a.pand;
