-- De voorzieningen die een vlak zijn: wie erin woont, hoeft er niet heen te lopen.

select p.soort, v.vlak from punt_vlak v join punt p on p.id = v.id order by p.soort, v.id;
