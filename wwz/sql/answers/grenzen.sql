-- Grenzen van de gebieden van één niveau binnen een of meer gebieden, als WKB in RD-meters (leeg waar er geen is).
-- $binnen: codes; $niveau: buurt, wijk, gemeente of eigen. Eén rij per gebied.

select code, naam, grens
from gebied
where niveau = $niveau and code in (
    select gebied from gebied_buurt where buurt in (
        select buurt from gebied_buurt where gebied in (select unnest($binnen))
    )
)
order by code;
