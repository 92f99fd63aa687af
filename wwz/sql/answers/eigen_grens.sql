-- Hoeveel mensen een aantal hoogstens kan zijn: inwoners per gebied, en per indicator het deel van hen over wie zij
-- gaat. $gebieden, $indicatoren: codes. Eén rij per gebied en indicator; indicator leeg is alle inwoners.

with inwoners as (
    select b.gebied, sum(w.inwoners) as mensen
    from gebied_buurt b
    join inwoners_nu w on w.gebied = b.buurt
    where b.gebied in (select unnest($gebieden))
    group by b.gebied
)

select gebied, '' as indicator, mensen from inwoners
union all
select c.gebied, c.indicator, c.noemer
from cijfer_open c
join indicator_jaar j on j.indicator = c.indicator and j.jaar = c.jaar and j.nieuwste
where c.gebied in (select unnest($gebieden)) and c.indicator in (select unnest($indicatoren)) and c.noemer is not null;
