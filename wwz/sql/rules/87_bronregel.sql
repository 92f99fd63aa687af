-- De bronregel bij een cijfer van een jaar; leeg bij een onbekende bron. Zie figures/86_bronvermelding.sql.
create macro bronregel(bron_code, bron_jaar) as replace(
    (
        select arg_max(regel, jaar is not null)
        from bronvermelding
        where bron = bron_code and (jaar = bron_jaar or jaar is null)
    ),
    '{jaar}', bron_jaar::varchar
);

-- De bronregels van cellen (gemis_met, met een sleutel waarover wordt opgeteld): een rij per sleutel, van wat bekend is
-- en van grenzen. rijen: de naam van een tabel of stap.
create macro gemis_bronnen(rijen) as table
with bron_rij as (
    select sleutel, bron, coalesce(max(tekort_jaar), max(jaar)) as jaar
    from query_table(rijen) where not onbekend and bron is not null group by sleutel, bron
    union
    select sleutel, unnest([grens_bron, grens_bron_ook]), unnest([grens_jaar, grens_jaar_ook])
    from query_table(rijen) where begrensd
)

-- Op volgorde: anders noemt elke vraag dezelfde bronnen anders.
select sleutel, string_agg(bron, ' · ' order by bron) as bron
from (select distinct sleutel, bronregel(bron, jaar) as bron from bron_rij where bron is not null)
group by sleutel;
