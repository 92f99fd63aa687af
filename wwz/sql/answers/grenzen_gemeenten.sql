-- De grens van elke gemeente, als WKB in RD-meters, om te zien welke er naast elkaar liggen.

select code, grens
from gebied
where niveau = 'gemeente' and grens is not null
order by code;
