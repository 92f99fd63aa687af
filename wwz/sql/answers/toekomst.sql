-- Een onderwerp in de toekomst, voor alle gebieden van één niveau binnen een of meer gebieden.
-- $binnen: codes; $niveau: buurt, wijk, gemeente, of 'samen' voor alles bij elkaar; $onderwerp: code; $per_jaar:
-- verandering van het aandeel per jaar; $thuis: deel (0-1) van de mensen in een instelling; $instelling_jaar,
-- $instelling: hoeveel dat er zijn (toekomst_instelling.sql), leeg als niemand thuis komt wonen; $mantelzorg: factor.
-- Eén rij per gebied en jaar: teller en noemer in mensen, waarde in procent van de noemer, marge, en de aanname die
-- het meest aan de marge bijdraagt. Onder het minimum is alles leeg en verborgen waar; zo ook bij een beschermde opgave
-- van de gemeente (beschermd). Gebieden waarvan te weinig inwoners in een buurt met een cijfer wonen, staan er niet in.

with leden as (
    select distinct buurt from gebied_buurt where gebied in (select unnest($binnen))
),

doel as (
    select g.code, g.naam, b.buurt
    from gebied_buurt b
    join leden l on l.buurt = b.buurt
    join gebied g on g.code = b.gebied and g.niveau = $niveau
    union all
    select 'samen', 'samen', buurt from leden where $niveau = 'samen'
),

-- Een opgave van de gemeente die beschermd is, blijft dat ook in de toekomst (figures/80_privacy.sql).
beschermd as (
    select distinct d.code
    from doel d
    join verborgen_lid v on v.buurt = d.buurt and v.indicator = $onderwerp
    join (
        select jaar, groep, count(*) as buurten from verborgen_lid where indicator = $onderwerp group by jaar, groep
    ) g on g.jaar = v.jaar and g.groep = v.groep
    group by d.code, v.jaar, v.groep, g.buurten
    having count(*) < g.buurten
),

per_gemeente as (
    select
        d.code as gebied, d.naam, g.gemeente, t.jaar, bool_or(b.code is not null) as beschermd,
        bool_or(t.leeftijd) as leeftijd,
        sum(t.noemer) filter (t.teller is not null) as noemer, sum(t.noemer) as iedereen, sum(t.teller) as teller,
        -- Is het deel van een buurt onbekend, dan is de som geen aantal van allen.
        case when bool_and(t.zonder_mantelzorg is not null) filter (t.teller > 0) then sum(t.zonder_mantelzorg) end
            as zonder_mantelzorg,
        sum(t.zonder_onder) as zonder_onder, sum(t.zonder_boven) as zonder_boven,
        sum(t.e_verhuizen) as verhuizen, sum(t.e_levensduur) as levensduur,
        sum(t.e_gezondheid) as gezondheid, sum(t.e_nu_onder) as nu_onder, sum(t.e_nu_boven) as nu_boven,
        sum(t.e_nu_boven * t.e_nu_boven) as splitsing_kwadraat, sum(t.e_toeval * t.e_toeval) as toeval_kwadraat,
        -- Wat er in een buurt anders loopt is per buurt een eigen fout; een deel ervan geldt voor de hele gemeente.
        sum(t.e_lokaal * t.e_lokaal) + power(sum(t.e_gemeente), 2) as lokaal_kwadraat
    from doel d
    join gebied g on g.code = d.buurt
    left join beschermd b on b.code = d.code
    join toekomst_buurt($binnen, $onderwerp, $per_jaar::double, $thuis::double, $instelling_jaar::bigint[],
        $instelling::double[], $mantelzorg::double) t on t.gebied = d.buurt
    group by d.code, d.naam, g.gemeente, t.jaar
),

opgeteld as (
    select
        gebied, naam, jaar, bool_or(beschermd) as beschermd, sum(noemer) as noemer, sum(teller) as teller,
        coalesce(sum(noemer) / nullif(sum(iedereen), 0), 0) as dekking,
        case when bool_and(zonder_mantelzorg is not null) filter (teller > 0) then sum(zonder_mantelzorg) end
            as zonder_mantelzorg,
        sum(zonder_onder) as zonder_onder, sum(zonder_boven) as zonder_boven,
        abs(sum(verhuizen)) as verhuizen, abs(sum(levensduur)) as levensduur, abs(sum(gezondheid)) as gezondheid,
        bool_or(leeftijd) as leeftijd, sqrt(sum(splitsing_kwadraat)) as splitsing, sum(nu_onder) as nu_onder,
        sum(nu_boven) as nu_boven,
        sqrt(sum(lokaal_kwadraat)) as lokaal, sqrt(sum(toeval_kwadraat)) as toeval
    from per_gemeente
    group by gebied, naam, jaar
),

-- Hoe zeker het cijfer van nu voor het hele gebied is (deel van de waarde). Een groter gebied heeft soms een eigen
-- cijfer met een kleinere marge, of een telling zonder marge.
bekend as (
    select c.gebied, (c.waarde - c.onder) / c.waarde as onder, (c.boven - c.waarde) / c.waarde as boven
    from cijfer c
    join indicator_jaar j on j.indicator = c.indicator and j.jaar = c.jaar and j.nieuwste
    where c.indicator = $onderwerp and c.waarde > 0
),

-- De splitsing van 65+ is per buurt een eigen fout; een modelfout van nu kan overal dezelfde kant op gaan.
gewogen as (
    select
        o.* replace (
            case when o.leeftijd then o.splitsing else least(o.nu_onder, o.teller * b.onder) end as nu_onder,
            case when o.leeftijd then o.splitsing else least(o.nu_boven, o.teller * b.boven) end as nu_boven
        )
    from opgeteld o
    left join bekend b on b.gebied = case when o.gebied = 'samen' and len($binnen) = 1 then $binnen[1] else o.gebied end
    where o.dekking >= (select dekking_minimaal from regel)
),

marge as (
    select
        *,
            sqrt(verhuizen * verhuizen + levensduur * levensduur + gezondheid * gezondheid + lokaal * lokaal
                + toeval * toeval) as anders,
        sqrt(anders * anders + nu_onder * nu_onder) as half_onder,
        sqrt(anders * anders + nu_boven * nu_boven) as half_boven,
        greatest(nu_onder, nu_boven) as nu,
        case greatest(verhuizen, levensduur, gezondheid, nu, lokaal, toeval)
            when nu then 'nu' when lokaal then 'lokaal' when toeval then 'toeval' when verhuizen then 'verhuizen'
            when levensduur then 'levensduur' else 'gezondheid'
        end as aandrijver
    from gewogen
),

beveiligd as (
    select
        *, beschermd or coalesce(teller < (select minimum from regel), false) as verborgen,
        -- Wie zonder mantelzorg is: het deel heeft een eigen marge, en wie bij dat deel hoort is toeval.
        zonder_mantelzorg / nullif(teller, 0) as deel,
        toeval_uit(spreiding_van(teller, zonder_mantelzorg / nullif(teller, 0), true)) as deel_toeval
    from marge
)

select
    gebied, naam, jaar, verborgen, beschermd, noemer,
    case when not verborgen then teller end as teller,
    case when not verborgen then minstens(teller - half_onder, 0) end as onder,
    case when not verborgen then hooguit(teller + half_boven, noemer) end as boven,
    case when not verborgen then 100 * teller / nullif(noemer, 0) end as waarde,
    case when not verborgen and zonder_mantelzorg >= (select minimum from regel) then zonder_mantelzorg end
        as zonder_mantelzorg,
    case when not verborgen and zonder_mantelzorg >= (select minimum from regel)
        then onder_met(zonder_mantelzorg, zonder_mantelzorg - deel * half_onder,
            sqrt(pow(zonder_mantelzorg - zonder_onder, 2) + pow(deel_toeval, 2))) end
        as zonder_mantelzorg_onder,
    case when not verborgen and zonder_mantelzorg >= (select minimum from regel)
        then hooguit(boven_met(zonder_mantelzorg, zonder_mantelzorg + deel * half_boven,
            sqrt(pow(zonder_boven - zonder_mantelzorg, 2) + pow(deel_toeval, 2))), teller + half_boven) end
        as zonder_mantelzorg_boven,
    case when not verborgen then aandrijver end as aandrijver, dekking, 'geschat' as soort
from beveiligd
order by jaar, gebied;
