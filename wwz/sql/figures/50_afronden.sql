-- Eén tabel met cijfers, geordend zoals het scherm ze vraagt, en de enige toegang ertoe: cijfer_open.

create table cijfer_op_volgorde as select * from cijfer order by indicator, jaar, gebied;
drop table cijfer;
alter table cijfer_op_volgorde rename to cijfer;

-- Het nieuwste jaar per indicator waarin genoeg buurten een cijfer hebben.
create table indicator_jaar as
with per_jaar as (
    select c.indicator, c.jaar, count(*) filter (g.niveau = 'buurt') as buurten, count(*) as gebieden, any_value(c.bron) as bron
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
create view cijfer_open as
with bekeken as (
    select
        c.*,
        verborgen(i.minimum, c.teller) as verborgen,
        betrouwbaarheid(c.waarde, c.onder, c.boven, c.noemer) as betrouwbaarheid
    from cijfer c
    join indicator i on i.code = c.indicator
)

select
    gebied, indicator, jaar, verborgen,
    case when not verborgen then teller end as teller,
    noemer,
    case when toonbaar(verborgen, soort) then waarde end as waarde,
    case when toonbaar(verborgen, soort) then onder end as onder,
    case when toonbaar(verborgen, soort) then boven end as boven,
    soort, bron, wijze, geteld, marge_uit, noemer_jaar, dekking, betrouwbaarheid
from bekeken;
