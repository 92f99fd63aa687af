-- Er ontbreekt geen buurt in de bestanden: de buurten halen de gepubliceerde wijk en gemeente.
-- let op

with som as (
    select
        g.code as gebied, g.naam, c.jaar, c.teller as gepubliceerd, sum(b.teller) as opgeteld,
        count(*) as buurten, count(b.teller) as met_cijfer
    from cijfer c
    join gebied g on g.code = c.gebied and g.niveau in ('wijk', 'gemeente')
    join gebied_buurt l on l.gebied = g.code
    left join cijfer b on b.gebied = l.buurt and b.indicator = c.indicator and b.jaar = c.jaar
    where c.indicator = 'inwoners' and c.wijze <> 'opgeteld'
    group by all
)

select gebied, naam, jaar, gepubliceerd, opgeteld
from som
where met_cijfer = buurten and gepubliceerd - opgeteld > afrondstap() * (buurten + 1)
order by gepubliceerd - opgeteld desc;
