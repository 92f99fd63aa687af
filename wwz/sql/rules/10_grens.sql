-- Het kleinste gereedschap: grenzen die onbekend laten wat onbekend is, en eenheden.

-- least() en greatest() slaan onbekend over: least(1, onbekend) is 1, en dan is onbekend ineens iedereen. Deze drie
-- houden onbekend onbekend. Gebruik least() en greatest() alleen waar geen van beide leeg kan zijn, of waar overslaan
-- de bedoeling is.
create macro hooguit(x, grens) as case when x > grens then grens else x end;

create macro minstens(x, grens) as case when x < grens then grens else x end;

create macro begrensd(x, laag, hoog) as minstens(hooguit(x, hoog), laag);

-- Een aantal gaat niet onder nul.
create macro ondergrens(x) as minstens(x, 0);

-- De stap waarop het CBS een aantal mensen afrondt.
create macro afrondstap() as (select max(stap) from afronding where familie = 'kwb' and soort = 'aantal');

-- Een afstand in kilometers, in meters.
create macro in_meter(km) as km * 1000;

-- Wat de bron als aantal geeft, of anders als percentage van het geheel.
create macro aantal_of_deel(aantal, procent, geheel) as coalesce(aantal, procent * geheel / 100);
