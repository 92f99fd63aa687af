-- Een wijk of gemeente heeft op de kaart het getal van haar agenda, niet de som van haar buurten: een randvoorwaarde die maar voor
-- een deel bekend is telt niet mee, en de ondergrens is die van het grootste cluster in het hele gebied.

create temp table gemis_gebied as
with getal as (
    select * from gemis_gebouwd('wijk', [])
    union all
    select * from gemis_gebouwd('gemeente', [])
)

select
    g.deel as gebied, c.indicator, g.jaar, g.mensen as teller, c.noemer, i.per * g.mensen / c.noemer as waarde, i.per * g.onder / c.noemer as onder,
    least(i.per, i.per * g.boven / c.noemer) as boven, c.marge_uit, c.soort, c.bron, c.wijze, c.noemer_jaar, c.dekking, c.geteld
from getal g
join cijfer c on c.gebied = g.deel and c.indicator = 'zonder_noodzakelijk' and c.jaar = g.jaar
join indicator i on i.code = c.indicator;

delete from cijfer c using gebied g where c.gebied = g.code and g.niveau in ('wijk', 'gemeente') and c.indicator = 'zonder_noodzakelijk';

insert into cijfer select * from gemis_gebied;

drop table gemis_gebied;
