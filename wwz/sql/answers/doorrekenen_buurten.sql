-- De buurten van een gebied en wat daar van één afstand is gemeten. $buurten: codes; $bereik, $meter.
-- binnen…: deel van de inwoners binnen bereik (0 tot 1), met marge, leeg waar het niet is gemeten; binnen65…: hetzelfde
-- voor de 65-plussers, of voor alle inwoners als dat niet apart bekend is. factor: de omweg over straat; ruimer en
-- krapper: hoe groot of klein die kan zijn; netwerk_marge: hetzelfde langs looproutes. marge: hoeveel een deel extra
-- kan schelen omdat niet bekend is waar in de buurt mensen wonen; hoe: in woorden.

select
    g.code as buurt, g.naam, w.code as wijk, w.naam as wijknaam, coalesce(n.inwoners, 0) as inwoners, o.factor,
    o.factor + r.omweg_marge as ruimer, greatest(1, o.factor - r.omweg_marge) as krapper, r.netwerk_marge,
    i.binnen, i.binnen_onder, i.binnen_boven, coalesce(a.binnen, i.binnen) as binnen65,
    coalesce(a.binnen_onder, i.binnen_onder) as binnen65_onder,
    coalesce(a.binnen_boven, i.binnen_boven) as binnen65_boven, coalesce(p.marge, 0) as marge, p.uitleg as hoe,
    coalesce(i.netwerk, 0) as netwerk
from gebied g
join buurt_omweg o on o.buurt = g.code
cross join afstandregel r
left join inwoners_nu n on n.gebied = g.code
left join gebied w on w.code = g.wijk and w.niveau = 'wijk'
left join bereik_marge i on i.buurt = g.code and i.bereik = $bereik and i.meter = $meter and i.groep = 'inwoners'
left join bereik_marge a on a.buurt = g.code and a.bereik = $bereik and a.meter = $meter and a.groep = '65plus'
left join woonplaats p on p.code = i.herkomst
where g.code in (select unnest($buurten))
order by g.code;
