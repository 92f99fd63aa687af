-- Wat een kaart nodig heeft: van één indicator alle jaren, op één niveau binnen een of meer gebieden.
-- $binnen: codes; $niveau: buurt, wijk of gemeente; $indicator: code. Alleen gebieden met een cijfer; waarde in de
-- eenheid van de indicator, teller in mensen, elk met zijn grenzen. Leeg waar het er te weinig zijn (verborgen) of waar
-- een telling beschermd is.

with leden as (
    select distinct buurt from gebied_buurt where gebied in (select unnest($binnen))
),

doel as (
    select code
    from gebied
    where niveau = $niveau and code in (select b.gebied from gebied_buurt b join leden using (buurt))
)

select
    c.gebied, c.jaar, c.waarde, c.onder, c.boven, c.teller, c.teller_onder, c.teller_boven, c.verborgen, c.beschermd
from cijfer_open c
where c.indicator = $indicator and c.gebied in (select code from doel)
order by c.jaar desc, c.gebied;
