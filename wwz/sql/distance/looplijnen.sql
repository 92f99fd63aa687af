-- Looproutes als rechte stukken (RD-meters).

select x1, y1, x2, y2, bestand from looplijn order by bestand, x1, y1, x2, y2;
