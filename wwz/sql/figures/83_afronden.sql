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
