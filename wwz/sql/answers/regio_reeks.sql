-- Hoeveel mensen van één groep er in elke gemeente van een regio zijn, geteld op één manier.
-- $rijen: wat er is opgegeven of geschat, al beschermd: gemeente, jaar, definitie (kenmerk), peildag, aantal (leeg als
-- het verborgen is), blok (de gemeenten waarmee het samen verborgen is, met komma's) en blok_aantal. $akkoord: gemeente
-- en het kenmerk waar zij mee instemde. $kenmerk, $peildag en $jaar: de definitie waarmee wordt geteld. $gemeenten: de
-- regio. Eén rij per deel: een gemeente, of de gemeenten van een blok samen. aantal is er alleen bij stand 'telt': een
-- aantal met een andere definitie, een andere peildag of zonder akkoord staat in apart en komt in geen enkele som.

with gevraagd as (
    select unnest($gemeenten) as gemeente
),

rij as (
    select r.*
    from (
        select unnest(
            $rijen::struct(gemeente varchar, jaar int, definitie varchar, peildag varchar, aantal bigint, blok varchar,
                blok_aantal bigint)[],
            recursive := true
        )
    ) r
    where r.jaar = $jaar
),

ingestemd as (
    select distinct gemeente
    from (select unnest($akkoord::struct(gemeente varchar, kenmerk varchar)[], recursive := true))
    where kenmerk = $kenmerk
),

telt as (
    select r.*
    from rij r
    join ingestemd i on i.gemeente = r.gemeente
    where r.definitie = $kenmerk and r.peildag = $peildag
),

-- Een blok telt alleen in zijn geheel: een deel ervan zou een verborgen aantal verraden.
blok as (
    select t.blok, max(t.blok_aantal) as aantal, list(t.gemeente order by t.gemeente) as gemeenten
    from telt t
    join gevraagd g on g.gemeente = t.gemeente
    where t.blok <> ''
    group by t.blok
    having count(*) = len(string_split(t.blok, ',')) and max(t.blok_aantal) is not null
),

los as (
    select
        g.gemeente, t.aantal, case when t.gemeente is null then r.aantal end as apart, r.definitie, r.peildag,
        case
            when r.gemeente is null then 'ontbreekt'
            when r.blok <> '' then 'niet getoond'
            when t.gemeente is null then 'apart'
            else 'telt'
        end as stand,
        case
            when r.gemeente is null or t.gemeente is not null then ''
            when r.definitie <> $kenmerk then 'andere definitie'
            when r.peildag <> $peildag then 'andere peildag'
            else 'geen akkoord'
        end as reden
    from gevraagd g
    left join rij r on r.gemeente = g.gemeente
    left join telt t on t.gemeente = g.gemeente
    where g.gemeente not in (select unnest(gemeenten) from blok)
)

select
    [gemeente] as gemeenten, case when stand = 'telt' then aantal end as aantal, stand, apart, reden, definitie, peildag
from los
union all
select gemeenten, aantal, 'telt', null, '', $kenmerk, $peildag
from blok
order by gemeenten;
