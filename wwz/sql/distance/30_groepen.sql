-- Wat van één soort voorziening is gemeten, per buurt, groep en afstand. Invoer: geteld_binnen (nr, groep, meter en sommen
-- van gewicht), herkomst_buurt (nr, herkomst), de klassen van $bereik, en $voorzieningen (aantal punten).

insert into bereik_groep
with verloop as (
    select
        nr, klasse, sum(deel) over (partition by nr order by klasse nulls last) as tot,
        sum(deel_65) over (partition by nr order by klasse nulls last) as tot_65
    from bereik_klasse
    where bereik = $bereik and kant = 'midden'
),

-- De delen tellen niet tot op de laatste bit op: daarom een kleine speling.
mediaan as (
    select
        nr, arg_min(klasse, tot) filter (tot >= 0.5 - 1e-9) as mediaan,
        arg_min(klasse, tot_65) filter (tot_65 >= 0.5 - 1e-9) as mediaan_65
    from verloop
    group by nr
)

-- Gewichten in een andere volgorde opgeteld geven een laatste bit meer of minder: een deel is nooit meer dan alles.
select
    o.buurt, $bereik, g.groep, g.meter, least(1, g.binnen / g.totaal), least(1, g.weinig / g.totaal),
    least(1, g.veel / g.totaal), least(1, g.rand / g.totaal),
    case g.groep when '65plus' then m.mediaan_65 else m.mediaan end, g.punten, h.herkomst, least(1, g.net / g.totaal), $voorzieningen
from geteld_binnen g
join buurt_omweg o on o.nr = g.nr
join herkomst_buurt h on h.nr = g.nr
left join mediaan m on m.nr = g.nr;
