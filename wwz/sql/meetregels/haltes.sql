-- Een signaal: welk deel van de haltes in de gemeente met een rolstoel te gebruiken is. Van welke dat niet bekend is,
-- telt niet mee.

insert into bewijs by name
with gemeten as (
    select gemeente, 100 * avg(rolstoel::int) as waarde, max(jaar) as jaar
    from halte
    where rolstoel is not null
    group by gemeente
)

select
    l.buurt, m.randvoorwaarde, m.rang, m.werking, 'haltes' as hoe, m.indicator, g.waarde, g.jaar, 'chb' as bron
from meetregel m
join gemeten g on true
join gebied_buurt l on l.gebied = g.gemeente
where m.regel = 'haltes';
