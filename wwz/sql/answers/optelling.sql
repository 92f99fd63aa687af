-- Cijfers van één eigen gebied: een verzameling buurten, opgeteld naar de regel van elke indicator.
-- $buurten: codes; $naam: hoe het gebied heet; $indicatoren: codes; $jaar: 0 = nieuwste. Kolommen als in tabel.sql.

with jaar as (
    select indicator, jaar
    from indicator_jaar
    where indicator in (select unnest($indicatoren)) and case when $jaar = 0 then nieuwste else jaar = $jaar end
),

leden as (
    select
        j.indicator, j.jaar, i.regel, i.per, i.minimum, i.eenheid, coalesce(w.inwoners, 0) as inwoners,
        coalesce(bijdrage(i.regel, c.waarde, c.noemer), false) as telt,
        case when telt then c.teller end as teller, case when telt then c.noemer end as noemer,
        case when telt then c.waarde end as waarde, case when telt then c.onder end as onder,
        case when telt then c.boven end as boven, coalesce(c.bron, i.bron) as bron, c.noemer_jaar, c.marge_uit,
        coalesce(c.geteld, false) as geteld, c.soort = 'gepubliceerd' as gepubliceerd,
        coalesce(c.wijze = 'opgegeven', false) as opgegeven
    from jaar j
    join indicator i on i.code = j.indicator
    cross join (select unnest($buurten) as buurt) b
    left join inwoners_nu w on w.gebied = b.buurt
    left join cijfer c on c.gebied = b.buurt and c.indicator = j.indicator and c.jaar = j.jaar
),

opgeteld as (
    select
        indicator, jaar, regel, per, minimum, eenheid, optel_teller(regel, teller) as teller,
        case when regel = 'som' then null else sum(noemer) end as noemer,
        bovengrens(regel, per, optel_waarde(regel, per, teller, noemer, waarde)) as waarde,
        optel_waarde(regel, per, onder * noemer / per, noemer, onder) as onder_samen,
        optel_waarde(regel, per, boven * noemer / per, noemer, boven) as boven_samen,
        count(*) filter (telt) as buurten, max(bron) as bron, min(noemer_jaar) as noemer_jaar,
        marge_uit_samen(marge_uit) as marge_uit, bool_and(geteld) filter (telt) as geteld,
        bool_and(gepubliceerd) filter (telt) as gepubliceerd, bool_and(opgegeven) filter (telt) as opgegeven,
        coalesce(sum(teller) filter (opgegeven and geteld), 0) as geteld_deel,
        max(case when inwoners > 0 and not telt then 1 else 0 end) = 0 as volledig,
        dekking_van(regel, telt, inwoners) as dekking
    from leden
    group by indicator, jaar, regel, per, minimum, eenheid
),

-- Een mediaan komt uit de verdelingen van alle buurten samen (rules/53_bereik_helft.sql).
-- Wie iets noodzakelijks mist, komt uit de agenda van deze buurten (rules/77_gemis_laag.sql).
niet_opgeteld as (
    select
        'bereik_' || bereik || '_mediaan' || bereik_groepcode(groep) as indicator, null::double as teller,
        null::double as noemer, waarde::double as waarde,
        onder::double as onder, boven::double as boven, null::double as dekking
    from bereik_mediaan($buurten)
    where gebied = 'samen'
    union all
    select indicator, teller, noemer, waarde, onder, boven, dekking
    from gemis_cijfer(['samen'],
        case when list_contains($indicatoren, 'zonder_noodzakelijk') then $buurten else ['geen'] end)
),

aangevuld as (
    select
        o.* replace (
            case when apart then m.teller else o.teller end as teller,
            case when apart then m.waarde else o.waarde end as waarde,
            case when apart then m.onder else o.onder_samen end as onder_samen,
            case when apart then m.boven else o.boven_samen end as boven_samen,
            coalesce(m.noemer, o.noemer) as noemer, coalesce(m.dekking, o.dekking) as dekking
        )
    from (select *, regel = 'mediaan' or indicator = 'zonder_noodzakelijk' as apart from opgeteld) o
    left join niet_opgeteld m on m.indicator = o.indicator
),

stap as (
    select
        o.*, verborgen(o.minimum, o.teller) as verborgen,
        -- Ook een eigen gebied mag geen groep verborgen buurten doorsnijden (figures/80_privacy.sql).
        o.dekking >= (select dekking_minimaal from regel) and o.waarde is not null
            and not exists (select 1 from privacy_gesneden($buurten) p where p.indicator = o.indicator
                and p.jaar = o.jaar) as genoeg,
        exists (select 1 from privacy_gesneden($buurten) p where p.indicator = o.indicator and p.jaar = o.jaar)
            as beschermd,
        afrondmarge(coalesce((
            select max(a.stap) from afronding a where a.familie = o.bron and a.niveau = 'buurt' and a.soort = 'aantal'
        ), 0), o.buurten) as afronding,
        modelmarge_van(o.bron, 'eigen', o.marge_uit) as model
    from aangevuld o
),

zonder as (
    select
        *,
        case when opgegeven then waarde else onder_opgeteld(regel, waarde, afronding, onder_samen, model) end as onder,
        case when opgegeven then waarde else boven_opgeteld(regel, waarde, afronding, boven_samen, model) end as boven
    from stap
),

met_toeval as (
    select *, case when opgegeven then 0 else toeval_van(marge_uit, per, teller - geteld_deel, noemer) end as toeval
    from zonder
),

marge as (
    select
        * exclude (onder, boven), case when toeval > 0 then onder_met(waarde, onder, toeval) else onder end as onder,
        case when toeval > 0 then boven_met(waarde, boven, toeval) else boven end as boven
    from met_toeval
)

select
    'eigen' as gebied, $naam as naam, 'eigen' as niveau, null::varchar as gemeentenaam, indicator, jaar,
    case when genoeg and not verborgen then teller end as teller,
    case when genoeg then noemer end as noemer,
    case when genoeg and not verborgen then waarde end as waarde,
    case when genoeg and not verborgen then ondergrens(onder) end as onder,
    case when genoeg and not verborgen then bovengrens(regel, per, boven) end as boven,
    case when genoeg and not verborgen and regel = 'aandeel'
        then aantal_onder(marge_uit, per, teller, noemer, ondergrens(onder)) end as teller_onder,
    case when genoeg and not verborgen and regel = 'aandeel'
        then aantal_boven(marge_uit, per, teller, noemer, bovengrens(regel, per, boven)) end as teller_boven,
    eenheid,
    case when beschermd then 'niet getoond' when not genoeg then 'onbekend'
        else soort_opgeteld(opgegeven, volledig, geteld, gepubliceerd) end as soort,
    bronregel(bron, jaar) || mensen_van(bron, i.van, jaar, noemer_jaar) as bron, genoeg and verborgen as verborgen,
    'opgeteld' as wijze,
    coalesce(geteld, false) as geteld, marge_uit, noemer_jaar,
    case when opgegeven then peiljaar_van(bron) end as peiljaar, dekking,
    betrouwbaarheid(case when genoeg and not verborgen then waarde end, onder, boven, noemer) as betrouwbaarheid,
    false as water,
    coalesce(noemer < (select hoog_mensen from regel), false) as weinig_mensen
from marge
join (select code, volgorde, noemer as van from indicator) i on i.code = indicator
order by i.volgorde;
