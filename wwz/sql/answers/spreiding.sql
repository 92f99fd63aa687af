-- Hoe een cijfer over alle gebieden van een niveau verdeeld is: laagste, een kwart, midden, driekwart, hoogste.
-- $niveau; $indicatoren: codes. Eén rij per indicator, van het nieuwste jaar; alleen gebieden met genoeg mensen om iets
-- over te zeggen tellen mee, en met te weinig gebieden is er geen rij.

with gevraagd as (
    select indicator, jaar from indicator_jaar where nieuwste and indicator in (select unnest($indicatoren))
),

bekend as (
    select c.indicator, c.waarde
    from gevraagd v
    join cijfer_open c on c.indicator = v.indicator and c.jaar = v.jaar
    join gebied g on g.code = c.gebied and g.niveau = $niveau
    cross join regel r
    where c.waarde is not null and (c.noemer is null or c.noemer >= r.hoog_mensen)
)

select
    indicator, count(*) as gebieden, min(waarde) as laagst, quantile_cont(waarde, 0.25) as kwart,
    median(waarde) as midden, quantile_cont(waarde, 0.75) as driekwart, max(waarde) as hoogst
from bekend
group by indicator
having count(distinct waarde) >= (select uitersten_minstens from regel)
order by indicator;
