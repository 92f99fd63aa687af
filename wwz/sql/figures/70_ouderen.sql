-- Van de 65-plussers kunnen er nooit meer iets hebben dan van iedereen vanaf 18 jaar: de ene groep zit in de andere.
-- Bron en model kennen die samenhang niet; een aandeel op een heel procent, van weinig mensen, spreekt haar soms tegen.
-- Dan gaan de twee aantallen naar elkaar toe: wat minder vaststaat schuift op, en staan zij even vast, dan komen beide
-- uit op hetzelfde aantal, het dichtst bij het aantal met de kleinste marge. Een tegenspraak in de bron zelf wordt zo
-- onze schatting (wijze verzoend). De marges houden zich aan dezelfde regel.

-- Woonde er dat jaar niemand van 18 jaar en ouder, dan is er ook niets te schatten voor 65-plussers.
delete from cijfer o
using cijfer a, indicator i, indicator j
where o.indicator = j.code and j.noemer = 'leeftijd_65plus' and j.laag = i.laag and i.noemer = 'leeftijd_18plus'
    and a.indicator = i.code
    and a.gebied = o.gebied and a.jaar = o.jaar and a.noemer = 0 and o.noemer > 0 and o.soort = 'geschat';

create macro hoe_vast(soort, wijze) as
    case when wijze in ('opgegeven', 'geijkt') then 2 when soort = 'gepubliceerd' then 1 else 0 end;

-- De cijfers die veranderen. Alleen wat nog tegen elkaar in gaat: nog een keer vragen geeft niets.
create macro ouderen_verzoend() as table (
    with paar as (
        select
            a.gebied, a.jaar, i.per, a.indicator as alle, o.indicator as oud, a.noemer as n18, o.noemer as n65,
            a.teller as t18, o.teller as t65,
            a.onder * a.noemer / i.per as onder18, a.boven * a.noemer / i.per as boven18,
            o.onder * o.noemer / i.per as onder65, o.boven * o.noemer / i.per as boven65,
            hoe_vast(a.soort, a.wijze) as vast18, hoe_vast(o.soort, o.wijze) as vast65
        from indicator i
        join indicator j on j.laag = i.laag and j.noemer = 'leeftijd_65plus' and j.per = i.per
        join cijfer a on a.indicator = i.code
        join cijfer o on o.indicator = j.code and o.gebied = a.gebied and o.jaar = a.jaar
        where i.noemer = 'leeftijd_18plus' and i.regel = 'aandeel' and a.noemer > 0 and o.noemer > 0
            and o.teller > a.teller + 1e-6
            and not (hoe_vast(a.soort, a.wijze) = 2 and hoe_vast(o.soort, o.wijze) = 2)
    ),

    gewicht as (
        select
            *, 1 / pow(greatest(boven18 - onder18, 1e-3), 2) as g18,
                1 / pow(greatest(boven65 - onder65, 1e-3), 2) as g65
        from paar
    ),

    samen as (
        select
            *,
                case when vast18 > vast65 then t18 when vast65 > vast18 then t65
                    else (g18 * t18 + g65 * t65) / (g18 + g65) end as mensen,
            -- Raken de marges elkaar niet eens, dan is van de laagste tot de hoogste alles mogelijk.
            onder65 > boven18 as los
        from gewicht
    )

    -- Meer mensen dan 18-plussers zijn er niet.
    select
        gebied, jaar, alle as indicator, per, vast18 = 1 as van_bron, n18 as noemer, least(mensen, n18) as teller,
        least(case when los then onder18 else greatest(onder18, onder65) end, mensen, n18) as onder,
        least(greatest(case when los then boven65 else boven18 end, mensen), n18) as boven
    from samen
    where vast18 <= vast65
    union all
    select
        gebied, jaar, oud, per, vast65 = 1, n65, least(mensen, n18, n65),
        least(case when los then onder18 else onder65 end, mensen, n18, n65),
        least(greatest(case when los then boven65 else least(boven65, boven18) end, mensen), n65)
    from samen
    where vast65 <= vast18 or mensen > n18
);
