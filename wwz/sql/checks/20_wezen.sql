-- Elk cijfer hoort bij een bekend gebied, een bekende indicator en een bekende bron.

select c.gebied, c.indicator, c.bron
from cijfer c
left join gebied g on g.code = c.gebied
left join indicator i on i.code = c.indicator
left join bron b on b.code = c.bron and b.jaar = 0
where g.code is null or i.code is null or b.code is null
order by all;
