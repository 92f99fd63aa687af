-- Welke cijfers niet te zien zijn: de groepen zelf, en elk ander gebied dat er een doorsnijdt. Een cijfer dat een bron
-- publiceert over een groter gebied blijft staan.
create table verborgen_gebied as
with grootte as (
    select indicator, jaar, groep, count(*) as buurten from verborgen_lid group by indicator, jaar, groep
),

doorsneden as (
    select b.gebied, l.indicator, l.jaar
    from verborgen_lid l
    join grootte g on g.indicator = l.indicator and g.jaar = l.jaar and g.groep = l.groep
    join gebied_buurt b on b.buurt = l.buurt
    group by b.gebied, l.indicator, l.jaar, l.groep, g.buurten
    having count(*) < g.buurten
)

select gebied, indicator, jaar from verborgen_cel
union
select d.gebied, d.indicator, d.jaar
from doorsneden d
join cijfer c on c.gebied = d.gebied and c.indicator = d.indicator and c.jaar = d.jaar
where c.wijze in ('opgeteld', 'geijkt', 'opgegeven') or c.soort in (select soort from privacy_soort);
