-- Zijn van buurten alleen de grenzen gegeven, en cijfers alleen van wijken of gemeenten, dan zijn de buurten geen
-- gebieden: van geen ervan is iets bekend.
create temp table zonder_buurten as
select
    bool_or(code like 'BU%') and not bool_or(code like 'BU%' and grens is null)
    and not exists (select 1 from meting where gebied like 'BU%')
    and exists (select 1 from meting where left(gebied, 2) in ('WK', 'GM')) as zo
from gebied_lezing;

insert into melding
select
    'grenzen', 'info',
    'Van buurten zijn er grenzen, maar geen cijfers. Wij rekenen met de wijken en gemeenten waar wel cijfers van zijn.',
    count(distinct code)
from gebied_lezing
where code like 'BU%' and (select zo from zonder_buurten)
having count(*) > 0;

-- Eén indeling (jaar) op het scherm: de nieuwste met grenzen van buurten, anders de nieuwste met buurten. Zijn er
-- nergens buurten, dan zo met wijken, en anders met gemeenten.

create table indeling_op_scherm as
with per_jaar as (
    select
        indeling, left(code, 2) as soort, count(distinct code) filter (grens is not null) as met_grens
    from gebied_lezing
    where left(code, 2) in ('BU', 'WK', 'GM') and not (code like 'BU%' and (select zo from zonder_buurten))
    group by indeling, left(code, 2)
)

select indeling as jaar, met_grens > 0 as met_grens
from per_jaar
order by list_position(['BU', 'WK', 'GM'], soort), met_grens > 0 desc, indeling desc
limit 1;

create table gebied_alles as
with lezing as (
    select
        code,
        case left(code, 2) when 'BU' then 'buurt' when 'WK' then 'wijk' when 'GM' then 'gemeente' else 'land' end
            as niveau,
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
    when length(gedeeld_begin(namen)) >= (select naam_minstens from regel) then gedeeld_begin(namen)
    else 'Wijk ' || wijknummer_van(code) || coalesce(' (' || replace(namen[1], ' e.o.', '') || ' e.o.)', '')
end;

-- Een buurt hoort bij een wijk en een gemeente, ook als die zelf geen rij in de bron hebben. Een wijk of gemeente
-- zonder buurten bestaat op haar eigen niveau, als er een cijfer van is. kleinste: daaronder is niets; daar rekenen wij
-- mee, en de rest telt op.
create table gebied as
with buurt as (
    select
        code, naam, 'buurt' as niveau, gemeente_van(code) as gemeente, wijk_van(code) as wijk,
        gemeentenaam, wijziging, coalesce(water, false) as water, grens
    from gebied_alles
    where niveau = 'buurt' and not (select zo from zonder_buurten)
),

met_cijfer as (
    select a.* replace (coalesce(a.water, false) as water), gemeente_van(a.code) as gemeente
    from gebied_alles a
    where a.code in (select gebied from meting)
),

losse_wijk as (
    select
        w.code, coalesce(w.naam, wijknaam(w.code, null)) as naam, w.niveau, w.gemeente, w.code as wijk, w.gemeentenaam,
        w.wijziging, w.water, w.grens
    from met_cijfer w
    anti join buurt b on b.wijk = w.code
    where w.niveau = 'wijk'
),

losse_gemeente as (
    select
        m.code, coalesce(m.naam, m.gemeentenaam, m.code) as naam, m.niveau, m.gemeente, null::varchar as wijk,
        m.gemeentenaam, m.wijziging, m.water, m.grens
    from met_cijfer m
    anti join buurt b on b.gemeente = m.code
    anti join losse_wijk w on w.gemeente = m.code
    where m.niveau = 'gemeente'
),

onderdeel as (
    select * from buurt
    union all by name
    select * from losse_wijk
),

kleinste as (
    select * from onderdeel
    union all by name
    select * from losse_gemeente
),

-- Wat een wijk en een gemeente van hun onderdelen hebben; hun eigen rij in de bron gaat voor.
uit_buurten as (
    select
        wijk, gemeente, list(naam order by code) as namen, bool_and(water) as water,
        first(gemeentenaam order by code) filter (gemeentenaam is not null) as gemeentenaam
    from buurt
    group by wijk, gemeente
),

wijk as (
    select
        b.wijk as code, coalesce(a.naam, wijknaam(b.wijk, b.namen)) as naam, 'wijk' as niveau, b.gemeente, b.wijk,
        b.gemeentenaam, a.wijziging, b.water, a.grens
    from uit_buurten b
    left join gebied_alles a on a.code = b.wijk
),

uit_onderdelen as (
    select
        gemeente, bool_and(water) as water,
        first(gemeentenaam order by code) filter (gemeentenaam is not null) as gemeentenaam
    from onderdeel
    group by gemeente
),

gemeente as (
    select
        b.gemeente as code, coalesce(a.naam, b.gemeentenaam, b.gemeente) as naam, 'gemeente' as niveau, b.gemeente,
        null::varchar as wijk, coalesce(a.naam, b.gemeentenaam) as gemeentenaam, a.wijziging, b.water, a.grens
    from uit_onderdelen b
    left join gebied_alles a on a.code = b.gemeente
),

-- Het hele land is er pas als van genoeg gemeenten bekend is hoeveel mensen er wonen: daar ijken wij op.
land as (
    select
        'NL00' as code, 'Nederland' as naam, 'land' as niveau, null::varchar as gemeente, null::varchar as wijk,
        null::varchar as gemeentenaam, null::varchar as wijziging, false as water, null::blob as grens
    from kleinste
    where niveau = 'buurt' or code in (select gebied from meting where variabele = 'inwoners')
    having count(distinct gemeente) >= (select gemeenten_in_nederland from regel)
),

alles as (
    select *, true as kleinste from kleinste
    union all by name select *, false as kleinste from wijk
    union all by name select *, false as kleinste from gemeente
    union all by name select *, false as kleinste from land
)

select
    a.code, coalesce(a.naam, a.code) as naam, a.niveau, a.gemeente, a.wijk,
    coalesce(g.naam, a.gemeentenaam) as gemeentenaam, a.wijziging, a.water,
    (select jaar from indeling_op_scherm) as jaar, a.grens, a.kleinste
from alles a
left join alles g on g.niveau = 'gemeente' and g.code = a.gemeente
order by a.niveau, a.code;

insert into gebied
select code, naam, 'eigen', null, null, null, null, false, (select jaar from indeling_op_scherm), null, false
from eigen_gebied
where code in (select e.code from eigen_gebied_buurt e join gebied g on g.code = e.buurt);

-- Waar een gebied uit bestaat: de kleinste gebieden erin.
create table gebied_buurt as
with kleinste as (
    select code, wijk, gemeente from gebied where kleinste
),

leden as (
    select code as gebied, code as buurt from kleinste
    union all
    select g.code, k.code from gebied g join kleinste k on k.wijk = g.code where g.niveau = 'wijk' and not g.kleinste
    union all
    select g.code, k.code
    from gebied g join kleinste k on k.gemeente = g.code where g.niveau = 'gemeente' and not g.kleinste
    union all
    select g.code, k.code from gebied g cross join kleinste k where g.niveau = 'land'
)

select * from leden
union all
select distinct e.code, l.buurt
from eigen_gebied_buurt e
join gebied g on g.code = e.code
join leden l on l.gebied = e.buurt
order by gebied, buurt;
