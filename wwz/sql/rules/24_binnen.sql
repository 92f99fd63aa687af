-- De gebieden van één niveau (welk_niveau) die een buurt delen met deze gebieden (codes).
create macro gebieden_in(gebieden, welk_niveau) as table
with leden as (
    select distinct buurt from gebied_buurt where gebied in (select unnest(gebieden))
)

select *
from gebied
where niveau = welk_niveau and code in (select b.gebied from gebied_buurt b join leden using (buurt));
