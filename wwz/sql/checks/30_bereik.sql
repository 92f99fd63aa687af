-- Elk cijfer kan: aandelen tussen 0 en alles, geen negatieve aantallen, de teller niet groter dan de noemer.
-- Een afgeronde teller mag hooguit een afrondstap boven de noemer liggen.

select c.gebied, c.indicator, c.jaar, c.teller, c.noemer, c.waarde
from cijfer c
join indicator i on i.code = c.indicator
where c.waarde is null or not isfinite(c.waarde)
    or (i.regel <> 'gemiddelde' and c.waarde < 0) or (i.eenheid in ('km', 'duizend euro') and c.waarde < 0)
    or (i.regel = 'aandeel' and (c.waarde < 0 or c.waarde > i.per))
    or c.teller < 0 or c.noemer < 0
    or (i.regel = 'aandeel' and c.teller > c.noemer + afrondstap())
order by all;
