-- Bereik als cijfer: welk deel van de inwoners een voorziening binnen zo veel meter over straat heeft.

create table bereik_deel as
select
    b.*, 1 - greatest(0, case when b.herkomst = 'benadering' then least(b.binnen_weinig, b.binnen - r.benadering_marge) else b.binnen_weinig end)
        as zonder_boven,
    1 - least(1, b.rand + case when b.herkomst = 'benadering' then greatest(b.binnen_veel, b.binnen + r.benadering_marge) else b.binnen_veel end)
        as zonder_onder
from bereik_buurt b
cross join meetregel r;

insert into cijfer
with inwoners as (
    select gebied, jaar, waarde
    from variabele_gebied
    where variabele = 'inwoners'
    qualify row_number() over (partition by gebied order by jaar desc) = 1
)

select
    b.buurt as gebied, i.code as indicator, n.jaar, b.binnen * n.waarde as teller, n.waarde as noemer, i.per * b.binnen as waarde,
    i.per * (1 - b.zonder_boven) as onder, i.per * (1 - b.zonder_onder) as boven, 'berekend' as marge_uit,
    'geschat' as soort, 'punten' as bron, b.herkomst as wijze, n.jaar as noemer_jaar, 1.0 as dekking, false as geteld
from bereik_deel b
join indicator i on i.code = 'bereik_' || b.bereik || '_' || b.meter
join inwoners n on n.gebied = b.buurt and n.waarde > 0;
