-- Een gebied zonder gepubliceerd cijfer: tel de buurten op, elk soort cijfer naar zijn eigen regel.
-- Alleen als genoeg van de inwoners in een buurt met een cijfer woont; anders blijft het onbekend.

insert into cijfer
with te_tellen as (
    select g.code as gebied, g.niveau, i.code as indicator, j.jaar, i.regel, i.per
    from gebied g
    cross join indicator i
    join (select distinct indicator, jaar from cijfer) j on j.indicator = i.code
    anti join cijfer c on c.gebied = g.code and c.indicator = i.code and c.jaar = j.jaar
    where not g.kleinste
),

leden as (
    select
        t.gebied, t.niveau, t.indicator, t.jaar, t.regel, t.per, coalesce(w.inwoners, 0) as inwoners,
        coalesce(bijdrage(t.regel, c.waarde, c.noemer), false) as telt,
        case when telt then c.teller end as teller, case when telt then c.noemer end as noemer,
        case when telt then c.waarde end as waarde, case when telt then c.onder end as onder,
        case when telt then c.boven end as boven, c.bron, c.noemer_jaar, c.marge_uit,
        coalesce(c.geteld, false) as geteld,
        c.soort = 'gepubliceerd' as gepubliceerd,
        coalesce(c.wijze = 'opgegeven', false) as opgegeven
    from te_tellen t
    join gebied_buurt b on b.gebied = t.gebied
    left join inwoners_nu w on w.gebied = b.buurt
    left join cijfer c on c.gebied = b.buurt and c.indicator = t.indicator and c.jaar = t.jaar
),

opgeteld as (
    select
        gebied, niveau, indicator, jaar, regel, per,
        optel_teller(regel, teller) as teller,
        case when regel = 'som' then null else sum(noemer) end as noemer,
        bovengrens(regel, per, optel_waarde(regel, per, teller, noemer, waarde)) as waarde,
        max(bron) filter (telt) as bron, min(noemer_jaar) filter (telt) as noemer_jaar,
        marge_uit_samen(marge_uit) as marge_uit, bool_and(geteld) filter (telt) as geteld,
        bool_and(gepubliceerd) filter (telt) as gepubliceerd,
        bool_and(opgegeven) filter (telt) as opgegeven, count(*) filter (telt) as buurten,
        -- Marges van model en bron gaan samen omhoog of omlaag: ze worden niet kleiner door optellen.
        optel_waarde(regel, per, onder * noemer / per, noemer, onder) as onder_samen,
        optel_waarde(regel, per, boven * noemer / per, noemer, boven) as boven_samen,
        max(case when inwoners > 0 and not telt then 1 else 0 end) = 0 as volledig,
        dekking_van(regel, telt, inwoners) as dekking
    from leden
    group by gebied, niveau, indicator, jaar, regel, per
),

stap as (
    select
        o.*,
        afrondmarge(coalesce((
            select max(a.stap) from afronding a where a.familie = o.bron and a.niveau = 'buurt' and a.soort = 'aantal'
        ), 0), o.buurten) as afronding,
        modelmarge_van(o.bron, o.niveau, o.marge_uit) as model
    from opgeteld o
    where dekking >= (select dekking_minimaal from regel) and waarde is not null
),

marge as (
    select
        *,
        case when opgegeven then waarde else onder_opgeteld(regel, waarde, afronding, onder_samen, model) end as onder,
        case when opgegeven then waarde else boven_opgeteld(regel, waarde, afronding, boven_samen, model) end as boven
    from stap
)

select
    gebied, indicator, jaar, teller, noemer, waarde, ondergrens(onder) as onder, bovengrens(regel, per, boven) as boven,
    case when opgegeven then 'opgegeven' else marge_uit end as marge_uit,
    soort_opgeteld(opgegeven, volledig, geteld, gepubliceerd) as soort,
    bron, 'opgeteld' as wijze, noemer_jaar, dekking, geteld
from marge;
