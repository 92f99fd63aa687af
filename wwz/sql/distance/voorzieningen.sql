-- Alle voorzieningen die meetellen, in RD-meters.

select soort, x, y from punt order by soort, x, y;
