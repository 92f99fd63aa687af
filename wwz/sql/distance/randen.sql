-- Plekken langs de rand van voorzieningen die een vlak zijn, in RD-meters.

select p.soort, r.x, r.y from punt_rand r join punt p on p.id = r.id order by p.soort, r.x, r.y;
