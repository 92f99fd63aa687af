-- De kleinste gebieden van een of meer gemeenten met hun grens (WKB, RD-meters; leeg waar er geen is), en waar zij in
-- liggen. $gemeenten: codes. Eén rij per gebied.

select code, wijk, gemeente, coalesce(water, false) as water, grens
from gebied
where kleinste and gemeente in (select unnest($gemeenten))
order by code;
