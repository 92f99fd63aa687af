-- Waarmee het bereik van één soort voorziening in een gebied bekend is: per trede het aantal bewoonde buurten.
-- $buurten: codes; $bereik. herkomst leeg: niet bekend. netwerk: deel dat langs looproutes is gemeten.

with bewoond as (
    select buurt from bereik_mensen where groep = 'inwoners' and mensen > 0 and buurt in (select unnest($buurten))
),

trede as (
    select distinct buurt, herkomst, netwerk from bereik_alles where bereik = $bereik and groep = 'inwoners'
)

select
    t.herkomst, count(*) as buurten, avg(t.netwerk) as netwerk, w.uitleg,
    case when t.herkomst = 'gemiddelde'
        then bronregel((select min(bron) from bereik_uit_gemiddelde where bereik = $bereik),
            (select max(jaar) from bereik_uit_gemiddelde where bereik = $bereik))
        else bronregel('punten', (select max(jaar) from bereik_mensen)) end as bron
from bewoond b
left join trede t on t.buurt = b.buurt
left join woonplaats w on w.code = t.herkomst
group by t.herkomst, w.uitleg
order by count(*) desc, t.herkomst;
