-- Waar elk groter gebied uit bestaat, en of het al een grens van zichzelf heeft. Het land heeft op de kaart geen vlak.
select g.code as gebied, b.buurt, g.grens is not null as eigen_grens
from gebied g
join gebied_buurt b on b.gebied = g.code
where not g.kleinste and g.niveau <> 'land'
order by g.code, b.buurt;
