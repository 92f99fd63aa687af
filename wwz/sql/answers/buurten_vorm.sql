-- Alle buurten met hun grens (WKB, RD-meters) en of het water is.

select code, gemeente, coalesce(water, false) as water, grens
from gebied
where kleinste and grens is not null
order by code;
