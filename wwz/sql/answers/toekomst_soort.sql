-- Wat voor soort buurt elke buurt in de toekomst is, en of wij dat vonden of de gemeente het zei.
-- $binnen: codes van gebieden, of een lege lijst voor alle buurten. telling: waaruit het aantal woningen volgt.

select
    s.gebied, g.naam, s.soort, s.gevonden, s.opgegeven, s.wie, s.waarom, s.wanneer, w.woningen, w.telling
from toekomst_soort s
join gebied g on g.code = s.gebied
join toekomst_woning w on w.gebied = s.gebied
where len($binnen) = 0 or s.gebied in (select buurt from gebied_buurt where list_contains($binnen, gebied))
order by s.gebied;
