-- De laatste trede: zonder punten het deel binnen een afstand, geschat uit de gemiddelde afstand over de weg van het CBS en
-- de vorm van de verdeling (deel_verder in 37_tekort). Alleen voor afstanden die een gemiddelde kan beslissen; nooit 65+.

create table bereik_uit_gemiddelde as
select
    c.gebied as buurt, m.bereik, b.meter, 1 - deel_verder(c.waarde, b.meter, o.vorm) as binnen,
    1 - greatest(
        deel_verder(c.waarde + o.afronding_km, b.meter, o.vorm_breed), deel_verder(c.waarde + o.afronding_km, b.meter, o.vorm_smal)
    ) as binnen_onder,
    1 - least(
        deel_verder(c.waarde - o.afronding_km, b.meter, o.vorm_breed), deel_verder(c.waarde - o.afronding_km, b.meter, o.vorm_smal)
    ) as binnen_boven,
    c.waarde as km, c.indicator, c.jaar, c.bron
from bereik_gemiddelde m
join bereik b on b.code = m.bereik and b.meter >= m.vanaf
join cijfer c on c.indicator = m.indicator
join gebied g on g.code = c.gebied and g.niveau = 'buurt'
cross join oordeel o
anti join bereik_groep p on p.buurt = c.gebied and p.bereik = m.bereik
qualify row_number() over (partition by c.gebied, m.bereik, b.meter order by m.rang, c.jaar desc) = 1;

insert into cijfer
select
    b.buurt as gebied, i.code as indicator, n.jaar, b.binnen * n.mensen as teller, n.mensen as noemer, i.per * b.binnen as waarde,
    i.per * least(b.binnen, b.binnen_onder) as onder, i.per * greatest(b.binnen, b.binnen_boven) as boven, 'berekend' as marge_uit,
    'geschat' as soort, b.bron, 'gemiddelde' as wijze, n.jaar as noemer_jaar, 1.0 as dekking, false as geteld
from bereik_uit_gemiddelde b
join indicator i on i.code = 'bereik_' || b.bereik || '_' || b.meter
join bereik_mensen n on n.buurt = b.buurt and n.groep = 'inwoners' and n.mensen > 0;
