-- Waar een cijfer het hoogst en het laagst is, onder de gebieden met genoeg mensen om dat te kunnen zeggen.
-- $binnen: codes; $niveau; $indicator; $jaar. Twee rijen (eerst de hoogste), of geen als er niet genoeg te vergelijken is.

with leden as (
    select distinct buurt from gebied_buurt where gebied in (select unnest($binnen))
),

doel as (
    select code, naam
    from gebied
    where niveau = $niveau and code in (select b.gebied from gebied_buurt b join leden using (buurt))
),

bekend as (
    select d.naam, c.waarde
    from doel d
    join cijfer_open c on c.gebied = d.code and c.indicator = $indicator and c.jaar = $jaar
    where c.waarde is not null and (c.noemer is null or c.noemer >= (select hoog_mensen from regel))
)

select arg_max(naam, waarde) as naam, max(waarde) as waarde, 0 as volgorde from bekend having count(distinct waarde) > 2
union all
select arg_min(naam, waarde), min(waarde), 1 from bekend having count(distinct waarde) > 2
order by volgorde;
