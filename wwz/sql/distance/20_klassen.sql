-- Hoe de afstanden tot één soort voorziening verdeeld zijn, voor één kant. Invoer: geteld_klasse (nr, klasse, gewicht,
-- gewicht_65; op volgorde; klasse -1 is onbereikbaar), $bereik en $kant.

insert into bereik_klasse
with totaal as (
    select nr, sum(gewicht) as gewicht, sum(gewicht_65) as gewicht_65
    from geteld_klasse
    group by nr
)

select
    g.nr, $bereik, $kant, nullif(g.klasse, -1),
    g.gewicht / nullif(t.gewicht, 0), g.gewicht_65 / nullif(t.gewicht_65, 0)
from geteld_klasse g
join totaal t on t.nr = g.nr;
