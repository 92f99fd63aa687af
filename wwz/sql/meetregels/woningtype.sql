-- Welk deel van de mensen niet in een geschikte woning woont, uit woningtype en bouwjaar.
-- Parameters: welk deel van de gestapelde woningen, de nieuwe daarvan en de eengezinswoningen geschikt is (0 tot 1),
-- met hoe weinig en hoe veel dat kan zijn; nieuw_onbekend: welk deel nieuw is als dat niet bekend is; voorkeur: hoe
-- veel vaker wie het nodig heeft er al woont.

insert into bewijs by name
with woningtype as (
    select
        m.gebied as buurt, m.jaar, m.waarde / 100 as gestapeld, 1 - m.waarde / 100 as eengezins,
        n.waarde / 100 as nieuw_bekend
    from variabele_gebied m
    join gebied g on g.code = m.gebied and g.kleinste
    left join variabele_gebied n on n.gebied = m.gebied and n.jaar = m.jaar and n.variabele = 'pct_bouwjaar_vanaf_2000'
    where m.variabele = 'pct_meergezins'
    qualify row_number() over (partition by m.gebied order by m.jaar desc) = 1
),

regel as (
    select
        *, parameter(parameters, 'gestapeld') as flat, parameter(parameters, 'gestapeld_weinig') as flat_weinig,
        parameter(parameters, 'gestapeld_veel') as flat_veel, parameter(parameters, 'gestapeld_nieuw') as flat_nieuw,
        parameter(parameters, 'gestapeld_nieuw_weinig') as flat_nieuw_weinig,
        parameter(parameters, 'gestapeld_nieuw_veel') as flat_nieuw_veel,
        parameter(parameters, 'eengezins') as huis, parameter(parameters, 'eengezins_mogelijk') as huis_mogelijk,
        parameter(parameters, 'eengezins_weinig') as huis_weinig, parameter(parameters, 'eengezins_veel') as huis_veel,
        parameter(parameters, 'nieuw_onbekend') as nieuw_onbekend, parameter(parameters, 'voorkeur') as voorkeur,
        parameter(parameters, 'voorkeur_weinig') as voorkeur_weinig,
        parameter(parameters, 'voorkeur_veel') as voorkeur_veel
    from meetregel
    where regel = 'woningtype'
),

-- Deel van de woningen dat geschikt is, en daaruit het deel van de mensen die dat nodig hebben en zo wonen.
geschikt as (
    select
        w.*, r.*, coalesce(w.nieuw_bekend, r.nieuw_onbekend) as nieuw,
        gestapeld * (nieuw * flat_nieuw + (1 - nieuw) * flat) + eengezins * huis_mogelijk * huis as midden,
        gestapeld * (nieuw * flat_nieuw_weinig + (1 - nieuw) * flat_weinig) + eengezins * huis_weinig as weinig,
        gestapeld * (nieuw * flat_nieuw_veel + (1 - nieuw) * flat_veel) + eengezins * huis_veel as veel
    from woningtype w
    cross join regel r
)

select
    buurt, randvoorwaarde, rang, werking, 1 - met_voorkeur(midden, voorkeur) as aandeel,
    1 - met_voorkeur(veel, voorkeur_veel) as onder,
    1 - met_voorkeur(weinig, voorkeur_weinig) as boven, 'woning' as hoe, indicator, 100 * gestapeld as waarde, jaar,
    'kwb' as bron
from geschikt;
