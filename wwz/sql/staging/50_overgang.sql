-- Cijfers van een ander jaar dan de indeling op het scherm: alleen voor een gebied dat aantoonbaar hetzelfde bleef.
-- Een code alleen bewijst niets: codes worden later voor andere gebieden gebruikt.

create table overgang as
with land_per_lezing as (
    select indeling, gebied as code, max(waarde) as land_ha
    from meting
    where variabele = 'land_ha'
    group by indeling, gebied
),

-- Een wijk of gemeente zonder eigen landoppervlak: tel de buurten op.
land_opgeteld as (
    select l.indeling, b.gebied as code, sum(l.land_ha) as land_ha
    from land_per_lezing l
    join gebied_buurt b on b.buurt = l.code
    join gebied g on g.code = b.gebied and g.niveau in ('wijk', 'gemeente')
    where l.indeling = (select jaar from indeling_op_scherm)
    group by l.indeling, b.gebied
),

land as (
    select
        coalesce(l.indeling, o.indeling) as indeling, coalesce(l.code, o.code) as code,
        coalesce(l.land_ha, o.land_ha) as land_ha
    from land_per_lezing l
    full outer join land_opgeteld o on o.indeling = l.indeling and o.code = l.code
),

naam as (
    select
        g.indeling, g.code,
        max(g.naam) filter (g.naam is not null) as naam,
        max(g.gemeentenaam) filter (g.gemeentenaam is not null) as gemeentenaam,
        max(g.wijziging) filter (g.wijziging is not null) as wijziging
    from gebied_lezing g
    group by g.indeling, g.code
),

paar as (
    select
        o.indeling, o.code,
        n.code is not null as bestaat,
        abs(o.indeling - s.jaar) = 1 as naast_elkaar,
        lower(strip_accents(o.naam)) as naam_toen, lower(strip_accents(nn.naam)) as naam_nu,
        lower(strip_accents(o.gemeentenaam)) as gemeente_toen, lower(strip_accents(nn.gemeentenaam)) as gemeente_nu,
        case when o.indeling < s.jaar then nn.wijziging else o.wijziging end as wijziging,
        lo.land_ha as land_toen, ln.land_ha as land_nu
    from naam o
    cross join indeling_op_scherm s
    left join gebied n on n.code = o.code
    left join naam nn on nn.indeling = s.jaar and nn.code = o.code
    left join land lo on lo.indeling = o.indeling and lo.code = o.code
    left join land ln on ln.indeling = s.jaar and ln.code = o.code
    where o.indeling <> s.jaar and o.code not like 'NL%'
),

bewijs as (
    select
        p.*,
        naam_toen is not null and naam_nu is not null and naam_toen <> naam_nu as andere_naam,
        gemeente_toen is not null and gemeente_nu is not null and gemeente_toen <> gemeente_nu as andere_gemeente,
        naast_elkaar and wijziging in ('2', '3') as gemeld_gewijzigd,
        abs(land_nu - land_toen) <= greatest(r.zelfde_gebied_ha, r.zelfde_gebied_deel * land_toen) as zelfde_land,
        naast_elkaar and wijziging = '1' as gemeld_gelijk,
        naam_toen is not null and naam_toen = naam_nu as zelfde_naam
    from paar p
    cross join regel r
),

-- Verschilt in een gemeente een groot deel van de codes van oppervlak, dan is er hernummerd. Dan is een gelijk
-- oppervlak misschien toeval, en telt een code alleen nog met dezelfde naam.
hernummerd as (
    select indeling, substr(code, 3, 4) as gemeente, avg((not zelfde_land)::int) > any_value(r.hernummerd_deel) as ja
    from bewijs
    cross join regel r
    where code like 'BU%' and zelfde_land is not null
    group by all
)

select
    b.indeling, b.code,
    case
        when not b.bestaat then 'vervallen'
        when b.andere_naam or b.andere_gemeente or b.gemeld_gewijzigd or not coalesce(b.zelfde_land, true) then 'gewijzigd'
        when coalesce(h.ja, false) and b.code like 'BU%' and not b.zelfde_naam and not b.gemeld_gelijk then 'hernummerd'
        when coalesce(b.zelfde_land, false) or b.gemeld_gelijk or b.zelfde_naam then 'gelijk'
        else 'onbekend'
    end as status,
    b.land_toen, b.land_nu
from bewijs b
left join hernummerd h on h.indeling = b.indeling and h.gemeente = substr(b.code, 3, 4);

insert into overgang
select distinct indeling, code, 'gelijk', null, null
from gebied_lezing
where indeling = (select jaar from indeling_op_scherm);

insert into overgang
select distinct indeling, gebied, 'gelijk', null, null
from meting
where gebied like 'NL%';

insert into melding
select
    'overgang ' || indeling || ' naar ' || (select jaar from indeling_op_scherm),
    'let_op',
    count(*) || ' ' || case left(code, 2) when 'BU' then 'buurten' when 'WK' then 'wijken' else 'gemeenten' end ||
    case status
        when 'vervallen' then ' van ' || indeling || ' bestaan niet meer onder die code; hun cijfers zijn niet gebruikt.'
        when 'gewijzigd' then ' van ' || indeling || ' hebben nu een andere naam, gemeente of grens; hun cijfers zijn niet gebruikt.'
        when 'hernummerd' then ' van ' || indeling || ' liggen in een gemeente die opnieuw is ingedeeld; hun cijfers zijn niet gebruikt.'
        else ' van ' || indeling || ' zijn niet te vergelijken met nu; hun cijfers zijn niet gebruikt.'
    end,
    count(*)
from overgang
where status <> 'gelijk'
group by indeling, left(code, 2), status
order by all;
