-- Is een randvoorwaarde maar voor een deel van een wijk of gemeente bekend, dan zegt de agenda daar niets over. De som van de
-- buurten telt haar wel mee. In zo'n gebied komt daarom het getal van de agenda in de plaats van de som.

create temp table gemis_deels as
with niveau as (select unnest(['wijk', 'gemeente']) as niveau),

bekend as (
    select m.randvoorwaarde, l.gebied, n.niveau, sum(m.nodig) as nodig, coalesce(sum(m.nodig) filter (not m.onbekend), 0) as bekend
    from gemis_met(
        [], (select coalesce(list(gebied), []) from opgave), (select coalesce(list(randvoorwaarde), []) from opgave),
        (select coalesce(list(status), []) from opgave), (select coalesce(list(aandeel), []) from opgave), (select coalesce(list(jaar), []) from opgave)
    ) m
    join gebied_buurt l on l.buurt = m.buurt
    join gebied g on g.code = l.gebied
    join niveau n on n.niveau = g.niveau
    where m.graad = 'N'
    group by m.randvoorwaarde, l.gebied, n.niveau
)

select distinct gebied, niveau
from bekend
where bekend > 0 and bekend < (select dekking_minimaal from regel) * nodig;

-- Eén buurt die niet bestaat, als er geen zulke gebieden zijn: een lege lijst betekent alle buurten.
create temp macro gemis_leden(welk_niveau) as (
    select coalesce(list(b.buurt), ['geen'])
    from gemis_deels d
    join gebied_buurt b on b.gebied = d.gebied
    where d.niveau = welk_niveau
);

create temp table gemis_gebied as
with getal as (
    select * from gemis_gebouwd('wijk', gemis_leden('wijk'))
    union all
    select * from gemis_gebouwd('gemeente', gemis_leden('gemeente'))
)

select
    g.deel as gebied, c.indicator, g.jaar, g.mensen as teller, c.noemer, i.per * g.mensen / c.noemer as waarde, i.per * g.onder / c.noemer as onder,
    least(i.per, i.per * g.boven / c.noemer) as boven, c.marge_uit, c.soort, c.bron, c.wijze, c.noemer_jaar, c.dekking, c.geteld
from getal g
join cijfer c on c.gebied = g.deel and c.indicator = 'zonder_noodzakelijk' and c.jaar = g.jaar
join indicator i on i.code = c.indicator
semi join gemis_deels d on d.gebied = g.deel;

delete from cijfer c using gemis_deels d where c.gebied = d.gebied and c.indicator = 'zonder_noodzakelijk';

insert into cijfer select * from gemis_gebied;

drop table gemis_gebied;
drop table gemis_deels;
