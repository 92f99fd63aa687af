-- Wat de gemeente opgeeft, per buurt: het kleinste gebied gaat voor. Anders dan de andere soorten is dit geen vaste
-- tabel: een opgave geldt meteen, ook zonder nieuwe bouw. o_…: even lange lijsten, een plaats per opgave; o_aandeel mag
-- leeg zijn (null).

create macro opgave_met(o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
with opgave_los as (
    select
        unnest(o_gebied::varchar[]) as gebied, unnest(o_randvoorwaarde::varchar[]) as randvoorwaarde,
        unnest(o_status::varchar[]) as status, unnest(o_aandeel::double[]) as aandeel, unnest(o_jaar::bigint[]) as jaar
),

opgave_buurt as (
    select
        l.buurt, o.randvoorwaarde, o.status, o.aandeel as opgegeven, o.jaar
    from opgave_los o
    join meetregel m on m.randvoorwaarde = o.randvoorwaarde and m.regel = 'opgave' and m.werking = 'beslist'
    join gebied g on g.code = o.gebied
    join gebied_buurt l on l.gebied = o.gebied
    qualify row_number() over (
        partition by l.buurt, o.randvoorwaarde
        order by list_position(['buurt', 'wijk', 'eigen', 'gemeente', 'land'], g.niveau), o.gebied
    ) = 1
)

select
    b.buurt, b.randvoorwaarde,
    coalesce(b.opgegeven,
        case b.status when 'voldoet' then 0 when 'deels' then o.deels_aandeel when 'knelpunt' then o.knelpunt_aandeel
            end) as aandeel,
    coalesce(b.opgegeven,
        case b.status when 'voldoet' then 0 when 'deels' then o.deels_weinig when 'knelpunt' then o.knelpunt_weinig end)
        as onder,
    coalesce(b.opgegeven, case b.status when 'voldoet' then 0 when 'deels' then o.deels_veel when 'knelpunt' then 1 end)
        as boven,
    'opgegeven' as hoe, b.status as opgave_status, null::varchar as indicator, null::double as waarde, b.jaar,
    'opgave' as bron
from opgave_buurt b
cross join oordeel o;
