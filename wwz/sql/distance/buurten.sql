-- Alle buurten met een grens (WKB, RD-meters).

select code, gemeente, coalesce(water, false) as water, grens
from gebied
where niveau = 'buurt' and grens is not null
order by code;
