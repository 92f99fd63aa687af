-- Eén indeling (jaar) op het scherm: de nieuwste met grenzen van buurten, anders de nieuwste met cijfers van buurten.

create table indeling_op_scherm as
with per_jaar as (
    select
        indeling,
        count(distinct code) filter (code like 'BU%' and grens is not null) as met_grens,
        count(distinct code) filter (code like 'BU%') as buurten
    from gebied_lezing
    group by indeling
)

select indeling as jaar, met_grens > 0 as met_grens
from per_jaar
where buurten > 0
order by met_grens > 0 desc, indeling desc
limit 1;

create table gebied_alles as
with lezing as (
    select
        code,
        case left(code, 2) when 'BU' then 'buurt' when 'WK' then 'wijk' when 'GM' then 'gemeente' else 'land' end as niveau,
        first(naam order by grens is not null desc, bestand) filter (naam is not null) as naam,
        first(gemeentenaam order by bestand) filter (gemeentenaam is not null) as gemeentenaam,
        first(wijziging order by bestand) filter (wijziging is not null) as wijziging,
        bool_or(water = 'JA') as water,
        first(grens order by bestand) filter (grens is not null) as grens
    from gebied_lezing
    where indeling = (select jaar from indeling_op_scherm)
    group by code
)

select * from lezing;

-- Zonder naam in de bron heet een wijk naar het begin dat de namen van zijn buurten delen (Moerwijk-Oost en
-- Moerwijk-West: Moerwijk), of anders naar zijn nummer en eerste buurt.
create macro gedeeld_begin(namen) as regexp_replace(
    left(list_min(namen), coalesce(list_max(list_filter(
        range(1, length(list_min(namen)) + 1), lambda n: left(list_min(namen), n) = left(list_max(namen), n)
    )), 0)),
    '[-, ]+[^-, ]{0,2}$|[-, ]+$', ''
);

create macro wijknaam(code, namen) as case
    when length(gedeeld_begin(namen)) >= 4 then gedeeld_begin(namen)
    else 'Wijk ' || substr(code, 7, 2) || coalesce(' (' || replace(namen[1], ' e.o.', '') || ' e.o.)', '')
end;

-- Een buurt hoort bij een wijk en een gemeente, ook als die zelf geen rij in de bron hebben.
create table gebied as
with buurt as (
    select
        code, naam, 'buurt' as niveau, 'GM' || substr(code, 3, 4) as gemeente, 'WK' || substr(code, 3, 6) as wijk,
        gemeentenaam, wijziging, coalesce(water, false) as water, grens
    from gebied_alles
    where niveau = 'buurt'
),

wijk as (
    select
        b.wijk as code, coalesce(a.naam, wijknaam(b.wijk, list(b.naam order by b.code))) as naam, 'wijk' as niveau,
        any_value(b.gemeente) as gemeente, b.wijk as wijk, any_value(b.gemeentenaam) as gemeentenaam,
        any_value(a.wijziging) as wijziging, bool_and(b.water) as water, any_value(a.grens) as grens
    from buurt b
    left join gebied_alles a on a.code = b.wijk
    group by b.wijk, a.naam
),

gemeente as (
    select
        b.gemeente as code, coalesce(any_value(a.naam), any_value(b.gemeentenaam), b.gemeente) as naam, 'gemeente' as niveau,
        b.gemeente, null::varchar as wijk, coalesce(any_value(a.naam), any_value(b.gemeentenaam)) as gemeentenaam,
        any_value(a.wijziging) as wijziging, bool_and(b.water) as water, any_value(a.grens) as grens
    from buurt b
    left join gebied_alles a on a.code = b.gemeente
    group by b.gemeente
),

land as (
    select
        'NL00' as code, 'Nederland' as naam, 'land' as niveau, null::varchar as gemeente, null::varchar as wijk,
        null::varchar as gemeentenaam, null::varchar as wijziging, false as water, null::blob as grens
    from gemeente
    having count(*) >= (select gemeenten_in_nederland from regel)
),

alles as (
    select * from buurt
    union all by name select * from wijk
    union all by name select * from gemeente
    union all by name select * from land
)

select
    a.code, coalesce(a.naam, a.code) as naam, a.niveau, a.gemeente, a.wijk,
    coalesce(g.naam, a.gemeentenaam) as gemeentenaam, a.wijziging, a.water,
    (select jaar from indeling_op_scherm) as jaar, a.grens
from alles a
left join gemeente g on g.code = a.gemeente
order by a.niveau, a.code;

insert into gebied
select code, naam, 'eigen', null, null, null, null, false, (select jaar from indeling_op_scherm), null
from eigen_gebied
where code in (select e.code from eigen_gebied_buurt e join gebied g on g.code = e.buurt);

create table gebied_buurt as
select g.code as gebied, b.code as buurt
from gebied g
join gebied b
    on b.niveau = 'buurt'
    and case g.niveau
        when 'buurt' then g.code = b.code
        when 'wijk' then g.code = b.wijk
        when 'gemeente' then g.code = b.gemeente
        when 'land' then true
        else false
    end
union all
select e.code, e.buurt from eigen_gebied_buurt e join gebied g on g.code = e.buurt
order by gebied, buurt;
