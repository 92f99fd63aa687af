-- Van een rechte lijn naar meters over straat, per buurt (op nr): de omweg, en hoeveel keer dat meer of minder kan
-- zijn.

select
    o.nr, o.buurt, o.factor, (o.factor + r.omweg_marge) / o.factor as ruimer,
    greatest(1, o.factor - r.omweg_marge) / o.factor as krapper,
    1 + r.netwerk_marge as netwerk_ruimer, 1 - r.netwerk_marge as netwerk_krapper, r.klasse_m
from buurt_omweg o
cross join afstandregel r
order by o.nr;
