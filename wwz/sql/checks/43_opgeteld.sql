-- Een opgeteld aantal is de som van zijn buurten.

select c.gebied, c.indicator, c.jaar, c.teller, sum(b.teller) as som
from cijfer c
join indicator i on i.code = c.indicator and i.regel = 'som'
join gebied_buurt l on l.gebied = c.gebied
left join cijfer b on b.gebied = l.buurt and b.indicator = c.indicator and b.jaar = c.jaar
where c.wijze = 'opgeteld'
group by c.gebied, c.indicator, c.jaar, c.teller
having abs(c.teller - coalesce(sum(b.teller), 0)) > 0.5
order by all;
