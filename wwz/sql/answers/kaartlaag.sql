-- Wat een kaart nodig heeft: van één indicator alle jaren, op één niveau binnen een of meer gebieden.
-- $binnen: codes; $niveau: buurt, wijk of gemeente; $indicator: code. Alleen gebieden met een cijfer; waarde in de
-- eenheid van de indicator, teller in mensen, elk met zijn grenzen. Leeg waar het er te weinig zijn (verborgen) of waar
-- een telling beschermd is.

select
    c.gebied, c.jaar, c.waarde, c.onder, c.boven, c.teller, c.teller_onder, c.teller_boven, c.verborgen, c.beschermd
from cijfer_open c
where c.indicator = $indicator and c.gebied in (select code from gebieden_in($binnen, $niveau))
order by c.jaar desc, c.gebied;
