-- De laatste trede: zonder punten het deel binnen een afstand, geschat uit wat het CBS per buurt geeft (55_gemiddelde).
-- Alleen voor afstanden die een gemiddelde kan beslissen; nooit 65+.

create table bereik_uit_gemiddelde as
select
    d.buurt, d.doel as bereik, d.meter, 1 - greatest(d.aandeel, t.minstens) as binnen,
    1 - greatest(d.boven, t.minstens) as binnen_onder,
    1 - greatest(d.onder, t.zeker) as binnen_boven, d.waarde as km, d.indicator, d.jaar, d.bron
from zonder_uit_gemiddelde d
left join zonder_geteld t on t.soort = d.soort and t.doel = d.doel and t.meter = d.meter and t.buurt = d.buurt
anti join bereik_groep p on p.buurt = d.buurt and p.bereik = d.doel
where d.soort = 'bereik';

insert into cijfer
select
    b.buurt as gebied, i.code as indicator, n.jaar, b.binnen * n.mensen as teller, n.mensen as noemer,
    i.per * b.binnen as waarde,
    i.per * least(b.binnen, b.binnen_onder) as onder, i.per * greatest(b.binnen, b.binnen_boven) as boven,
    'berekend' as marge_uit,
    'geschat' as soort, b.bron, 'gemiddelde' as wijze, n.jaar as noemer_jaar, 1.0 as dekking, false as geteld
from bereik_uit_gemiddelde b
join indicator i on i.code = 'bereik_' || b.bereik || '_' || b.meter
join bereik_mensen n on n.buurt = b.buurt and n.groep = 'inwoners' and n.mensen > 0;
