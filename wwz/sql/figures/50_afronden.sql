-- Eén tabel met cijfers, geordend zoals het scherm ze vraagt, en de enige toegang ertoe: cijfer_open.

create table cijfer_op_volgorde as select * from cijfer order by indicator, jaar, gebied;
drop table cijfer;
alter table cijfer_op_volgorde rename to cijfer;

-- Het nieuwste jaar per indicator waarin genoeg buurten een cijfer hebben.
create table indicator_jaar as
with per_jaar as (
    select
        c.indicator, c.jaar, count(*) filter (g.kleinste) as buurten, count(*) as gebieden, min(c.bron) as bron,
        -- Een gepubliceerd jaar gaat voor onze schatting van een nieuwer jaar (wijze bijgewerkt).
        count(*) filter (g.kleinste and c.wijze <> 'bijgewerkt') as tellen_mee,
        count(*) filter (g.kleinste and n.inwoners > 0) as bewoonde_buurten
    from cijfer c
    join gebied g on g.code = c.gebied
    left join inwoners_nu n on n.gebied = c.gebied
    group by all
),

meeste as (
    select *, max(tellen_mee) over (partition by indicator) as meeste_buurten from per_jaar
)

select
    indicator, jaar, buurten, bewoonde_buurten, gebieden, bron, buurten > 0 and tellen_mee = 0 as bijgewerkt,
    row_number() over (
        partition by indicator order by tellen_mee >= (select dekking_jaar from regel) * meeste_buurten desc, jaar desc
    ) = 1 as nieuwste
from meeste;

-- Zo veel mensen in een groter gebied zijn geteld: daar komt geen toeval bij.
create table geteld_deel as
select b.gebied, c.indicator, c.jaar, sum(c.teller) as mensen
from cijfer c
join gebied_buurt b on b.buurt = c.gebied
where c.wijze = 'opgegeven' and c.geteld and b.gebied <> c.gebied
group by b.gebied, c.indicator, c.jaar;

-- Bescherming op één plaats: alles wat de database verlaat, komt hierlangs.
-- Een gebied in verborgen_gebied heet "niet getoond": of het daar om weinig mensen gaat, staat er niet bij.
create view cijfer_open as
with met_toeval as (
    select
        c.*, i.regel, i.per, i.minimum,
        toeval_van(c.marge_uit, i.per, c.teller - coalesce(d.mensen, 0), c.noemer) as toeval
    from cijfer c
    join indicator i on i.code = c.indicator
    left join geteld_deel d on d.gebied = c.gebied and d.indicator = c.indicator and d.jaar = c.jaar
),

marge as (
    select
        * exclude (onder, boven), case when toeval > 0 then onder_met(waarde, onder, toeval) else onder end as onder,
        case when toeval > 0 then bovengrens(regel, per, boven_met(waarde, boven, toeval)) else boven end as boven
    from met_toeval
),

bekeken as (
    select
        c.*,
        verborgen(c.minimum, c.teller) and p.gebied is null as verborgen,
        p.gebied is not null as beschermd,
        toonbaar(verborgen(c.minimum, c.teller), c.soort) and p.gebied is null as aandeel_open,
        betrouwbaarheid(c.waarde, c.onder, c.boven, c.noemer) as betrouwbaarheid
    from marge c
    left join verborgen_gebied p on p.gebied = c.gebied and p.indicator = c.indicator and p.jaar = c.jaar
)

select
    gebied, indicator, jaar, verborgen, beschermd,
    case when not verborgen and not beschermd then teller end as teller,
    noemer,
    case when aandeel_open then waarde end as waarde,
    case when aandeel_open then onder end as onder,
    case when aandeel_open then boven end as boven,
    case when not verborgen and aandeel_open and regel = 'aandeel'
        then aantal_onder(marge_uit, per, teller, noemer, onder) end as teller_onder,
    case when not verborgen and aandeel_open and regel = 'aandeel'
        then aantal_boven(marge_uit, per, teller, noemer, boven) end as teller_boven,
    case when beschermd then 'niet getoond' else soort end as soort, bron, wijze, geteld, marge_uit, noemer_jaar,
    dekking,
    -- Ook het woord zegt iets over een verborgen aantal: bij niemand is de marge nul.
    case when beschermd or not aandeel_open then 'onbekend' else betrouwbaarheid end as betrouwbaarheid
from bekeken;
