-- Looproutes als rechte stukken van punt naar punt (RD-meters). Leeg zonder looproutes.

select x1, y1, x2, y2 from looplijn order by bestand, x1, y1, x2, y2;
