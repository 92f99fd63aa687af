-- De grenzen van de buurten van een of meer gebieden, om ze tot één vlak te maken. $gebieden: codes. WKB in RD-meters.

select l.gebied, b.grens
from gebied_buurt l
join gebied b on b.code = l.buurt
where l.gebied in (select unnest($gebieden)) and b.grens is not null;
