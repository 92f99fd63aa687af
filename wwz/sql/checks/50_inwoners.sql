-- Elke gemeente heeft inwoners.

select g.code, g.naam
from gebied g
anti join cijfer c on c.gebied = g.code and c.indicator = 'inwoners' and c.waarde > 0
where g.niveau = 'gemeente';
