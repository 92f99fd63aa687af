-- Grenzen die onbekend laten wat onbekend is.

-- least() en greatest() slaan onbekend over: least(1, onbekend) is 1, en dan is onbekend ineens iedereen. Deze twee
-- houden onbekend onbekend. Gebruik least() en greatest() alleen waar geen van beide leeg kan zijn, of waar overslaan
-- de bedoeling is.
create macro hooguit(x, grens) as case when x > grens then grens else x end;

create macro minstens(x, grens) as case when x < grens then grens else x end;

-- Een aantal gaat niet onder nul.
create macro ondergrens(x) as minstens(x, 0);
