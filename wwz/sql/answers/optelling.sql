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
        coalesce(c.geteld, false) as geteld
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
        max(case when inwoners > 0 and not telt then 1 else 0 end) = 0 as volledig,
        dekking_van(regel, telt, inwoners) as dekking
    from leden
    group by indicator, jaar, regel, per, minimum, eenheid
),

stap as (
    select
        o.*, verborgen(o.minimum, o.teller) as verborgen,
        -- Ook een eigen gebied mag geen groep verborgen buurten doorsnijden (figures/45_privacy.sql).
        o.dekking >= (select dekking_minimaal from regel) and o.waarde is not null
            and not exists (select 1 from privacy_gesneden($buurten) p where p.indicator = o.indicator and p.jaar = o.jaar) as genoeg,
        afrondmarge(coalesce((
            select max(a.stap) from afronding a where a.familie = o.bron and a.niveau = 'buurt' and a.soort = 'aantal'
        ), 0), o.buurten) as afronding,
        modelmarge_van(o.bron, 'eigen', o.marge_uit) as model
    from opgeteld o
),

marge as (
    select
        *,
        onder_opgeteld(regel, waarde, afronding, onder_samen, model) as onder,
        boven_opgeteld(regel, waarde, afronding, boven_samen, model) as boven
    from stap
)

select
    'eigen' as gebied, $naam as naam, 'eigen' as niveau, null::varchar as gemeentenaam, indicator, jaar,
    case when genoeg and not verborgen then teller end as teller,
    case when genoeg then noemer end as noemer,
    case when genoeg and not verborgen then waarde end as waarde,
    case when genoeg and not verborgen then ondergrens(onder) end as onder,
    case when genoeg and not verborgen then bovengrens(regel, per, boven) end as boven,
    eenheid,
    case when not genoeg then 'onbekend' when regel = 'som' and volledig then 'gepubliceerd' else 'geschat' end as soort,
    bronregel(bron, jaar) as bron, genoeg and verborgen as verborgen, 'opgeteld' as wijze, coalesce(geteld, false) as geteld, marge_uit, noemer_jaar, dekking,
    betrouwbaarheid(case when genoeg then waarde end, onder, boven, noemer) as betrouwbaarheid, false as water,
    coalesce(noemer < (select hoog_mensen from regel), false) as weinig_mensen
from marge
join (select code, volgorde from indicator) i on i.code = indicator
order by i.volgorde;
