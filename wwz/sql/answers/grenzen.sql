-- Grenzen van één niveau, als WKB in RD-meters. $niveau: buurt, wijk of gemeente.

select code, naam, grens from gebied where niveau = $niveau and grens is not null order by code;
