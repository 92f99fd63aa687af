-- Eén tabel met cijfers, geordend zoals het scherm ze vraagt, en de enige toegang ertoe: cijfer_open.

create table cijfer_op_volgorde as select * from cijfer order by indicator, jaar, gebied;
drop table cijfer;
alter table cijfer_op_volgorde rename to cijfer;

-- Het nieuwste jaar per indicator waarin genoeg buurten een cijfer hebben.
create table indicator_jaar as
with per_jaar as (
    select c.indicator, c.jaar, count(*) filter (g.niveau = 'buurt') as buurten, count(*) as gebieden, min(c.bron) as bron
    from cijfer c
    join gebied g on g.code = c.gebied
    group by all
),

meeste as (
    select *, max(buurten) over (partition by indicator) as meeste_buurten from per_jaar
)

select
    indicator, jaar, buurten, gebieden, bron,
    row_number() over (
        partition by indicator order by buurten >= (select dekking_jaar from regel) * meeste_buurten desc, jaar desc
    ) = 1 as nieuwste
from meeste;

-- Bescherming op één plaats: alles wat de database verlaat, komt hierlangs.
-- Een gebied in verborgen_gebied is niet te zien; onder het minimum heet dat "te weinig", anders is het onbekend.
create view cijfer_open as
with bekeken as (
    select
        c.*,
        verborgen(i.minimum, c.teller) or coalesce(p.te_weinig, false) as verborgen,
        coalesce(not p.te_weinig, false) as beschermd,
        toonbaar(verborgen(i.minimum, c.teller), c.soort) and p.gebied is null as aandeel_open,
        betrouwbaarheid(c.waarde, c.onder, c.boven, c.noemer) as betrouwbaarheid
    from cijfer c
    join indicator i on i.code = c.indicator
    left join verborgen_gebied p on p.gebied = c.gebied and p.indicator = c.indicator and p.jaar = c.jaar
)

select
    gebied, indicator, jaar, verborgen, beschermd,
    case when not verborgen and not beschermd then teller end as teller,
    noemer,
    case when aandeel_open then waarde end as waarde,
    case when aandeel_open then onder end as onder,
    case when aandeel_open then boven end as boven,
    case when beschermd then 'onbekend' else soort end as soort, bron, wijze, geteld, marge_uit, noemer_jaar, dekking,
    case when beschermd then 'onbekend' else betrouwbaarheid end as betrouwbaarheid
from bekeken;
