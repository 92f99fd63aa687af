-- Waar een cijfer het hoogst en het laagst is, onder de gebieden met genoeg mensen om dat te kunnen zeggen.
-- $binnen: codes; $niveau; $indicator; $jaar. Twee rijen (eerst de hoogste), of geen als er niet genoeg te vergelijken
-- is. erbuiten: een gebied met te weinig mensen ligt nog verder; dan moet de lezer weten waarom het hier niet staat.

with bekend as (
    select d.naam, c.waarde, c.noemer is null or c.noemer >= (select hoog_mensen from regel) as genoeg
    from gebieden_in($binnen, $niveau) d
    join cijfer_open c on c.gebied = d.code and c.indicator = $indicator and c.jaar = $jaar
    where c.waarde is not null
),

uiterste as (
    select
        -- Even hoog of laag: de eerste op naam.
        arg_min(naam, (-waarde, naam)) filter (genoeg) as hoogst, max(waarde) filter (genoeg) as hoog,
        max(waarde) as hoog_alle,
        arg_min(naam, (waarde, naam)) filter (genoeg) as laagst, min(waarde) filter (genoeg) as laag,
        min(waarde) as laag_alle
    from bekend
    having count(distinct waarde) filter (genoeg) >= (select uitersten_minstens from regel)
)

select hoogst as naam, hoog as waarde, hoog_alle > hoog as erbuiten, 0 as volgorde from uiterste
union all
select laagst, laag, laag_alle < laag, 1 from uiterste
order by volgorde;
