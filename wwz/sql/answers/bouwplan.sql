-- De bouwplannen waarmee de toekomst is berekend.
-- $binnen: codes van gebieden, of een lege lijst voor alle buurten.

select p.gebied, g.naam, p.jaar, p.soort, p.woningen, p.bron, p.wie, p.wanneer
from bouwplan p
join gebied g on g.code = p.gebied
where len($binnen) = 0 or p.gebied in (select buurt from gebied_buurt where list_contains($binnen, gebied))
order by p.jaar, g.naam, p.soort;
