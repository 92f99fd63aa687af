-- Wat van één soort voorziening is gemeten, per buurt, groep en afstand. Invoer: geteld_binnen (nr, groep, meter,
-- mediaan, punten, en sommen van gewicht), herkomst_buurt (nr, herkomst), $bereik en $voorzieningen (aantal punten).

insert into bereik_gewicht
select distinct nr, $bereik, groep, totaal
from geteld_binnen;

-- Gewichten in een andere volgorde opgeteld geven een laatste bit meer of minder: een deel is nooit meer dan alles.
insert into bereik_groep
select
    o.buurt, $bereik, g.groep, g.meter, least(1, g.binnen / g.totaal), least(1, g.weinig / g.totaal),
    least(1, g.veel / g.totaal), least(1, g.rand / g.totaal),
    g.mediaan, g.punten, h.herkomst, least(1, g.net / g.totaal), $voorzieningen
from geteld_binnen g
join buurt_omweg o on o.nr = g.nr
join herkomst_buurt h on h.nr = g.nr;
