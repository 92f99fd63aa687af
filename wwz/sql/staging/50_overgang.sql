-- Cijfers van een ander jaar dan de indeling op het scherm: alleen voor een gebied dat aantoonbaar hetzelfde bleef.
-- Een code alleen bewijst niets: codes worden later voor andere gebieden gebruikt. Bewijs geven, van sterk naar zwak:
-- de melding van het CBS dat een gebied wel of niet is gewijzigd, de naam, het landoppervlak en de grens zelf.
-- Spreekt één ervan tegen, dan telt het gebied niet.

-- Zonder hoofdletters, accenten en leestekens, en zonder de toevoeging van het CBS: Hengelo (O.) is Hengelo.
create macro kale_naam(naam) as nullif(
    regexp_replace(
        regexp_replace(
            lower(strip_accents(regexp_replace(naam, '\s*\([^()]{1,4}\)\s*$', ''))),
            '\b(en omgeving|e\.?\s?o\.?)(\W|$)', ' eo ', 'g'
        ),
        '[^a-z0-9]', '', 'g'
    ),
    ''
);

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
        indeling, code,
        -- Twee bestanden van één jaar kunnen een naam anders schrijven; dan gelden beide.
        list_distinct(list(kale_naam(naam)) filter (kale_naam(naam) is not null)) as naam,
        list_distinct(list(kale_naam(gemeentenaam)) filter (kale_naam(gemeentenaam) is not null)) as gemeentenaam,
        max(wijziging) filter (wijziging in ('1', '2', '3')) as wijziging,
        first(midden_x order by bestand) filter (grens is not null) as x,
        first(midden_y order by bestand) filter (grens is not null) as y,
        first(vlak_ha order by bestand) filter (grens is not null) as vlak_ha
    from gebied_lezing
    group by indeling, code
),

paar as (
    select
        o.indeling, o.code, n.code is not null as bestaat,
        least(o.indeling, s.jaar) as van, greatest(o.indeling, s.jaar) as tot,
        o.naam as naam_toen, nn.naam as naam_nu, o.gemeentenaam as gemeente_toen, nn.gemeentenaam as gemeente_nu,
        lo.land_ha as land_toen, ln.land_ha as land_nu, o.vlak_ha as vlak_toen, nn.vlak_ha as vlak_nu,
        sqrt((o.x - nn.x) ** 2 + (o.y - nn.y) ** 2) as verschoven
    from naam o
    cross join indeling_op_scherm s
    left join gebied n on n.code = o.code
    left join naam nn on nn.indeling = s.jaar and nn.code = o.code
    left join land lo on lo.indeling = o.indeling and lo.code = o.code
    left join land ln on ln.indeling = s.jaar and ln.code = o.code
    where o.indeling <> s.jaar and o.code not like 'NL%'
),

-- Het CBS meldt per jaar of een gebied sinds het jaar ervoor is gewijzigd (1 nee, 2 de code, 3 de grens). Eén melding
-- in de tussentijd is genoeg om te weten dat het veranderde; dat het gelijk bleef moet elk jaar gemeld zijn.
gemeld as (
    select
        p.indeling, p.code,
        coalesce(bool_or(w.wijziging in ('2', '3')), false) as gewijzigd,
        count(*) filter (w.wijziging = '1') = p.tot - p.van as gelijk
    from paar p
    left join naam w on w.code = p.code and w.indeling > p.van and w.indeling <= p.tot
    group by p.indeling, p.code, p.van, p.tot
),

bewijs as (
    select
        p.*, m.gewijzigd as gemeld_gewijzigd, m.gelijk as gemeld_gelijk,
        not list_has_any(p.naam_toen, p.naam_nu) as andere_naam, list_has_any(p.naam_toen, p.naam_nu) as zelfde_naam,
        not list_has_any(p.gemeente_toen, p.gemeente_nu) as andere_gemeente,
        abs(land_nu - land_toen) <= greatest(r.zelfde_gebied_ha, r.zelfde_gebied_deel * land_toen) as zelfde_land,
        verschoven <= r.zelfde_grens_deel * sqrt(in_vierkante_meter(vlak_toen))
            and abs(vlak_nu - vlak_toen) <= r.zelfde_grens_deel * vlak_toen as zelfde_grens
    from paar p
    join gemeld m using (indeling, code)
    cross join regel r
),

-- Verschilt in een gemeente een groot deel van de codes van oppervlak, dan is er hernummerd. Dan is een gelijk
-- oppervlak misschien toeval, en telt een code alleen nog met dezelfde naam of grens.
hernummerd as (
    select
        indeling, gemeente_van(code) as gemeente,
        avg((not zelfde_land)::int) > (select hernummerd_deel from regel) as ja
    from bewijs
    where code like 'BU%' and zelfde_land is not null
    group by indeling, gemeente_van(code)
)

select
    b.indeling, b.code,
    case
        when not b.bestaat then 'vervallen'
        when b.gemeld_gewijzigd or coalesce(b.andere_naam, false) or coalesce(b.andere_gemeente, false)
            or not coalesce(b.zelfde_land, true) or not coalesce(b.zelfde_grens, true) then 'gewijzigd'
        when coalesce(h.ja, false) and b.code like 'BU%'
            and not (coalesce(b.zelfde_naam, false) or b.gemeld_gelijk or coalesce(b.zelfde_grens, false))
                then 'hernummerd'
        when b.gemeld_gelijk or coalesce(b.zelfde_naam or b.zelfde_land or b.zelfde_grens, false) then 'gelijk'
        else 'onbekend'
    end as status,
    b.land_toen, b.land_nu
from bewijs b
left join hernummerd h on h.indeling = b.indeling and h.gemeente = gemeente_van(b.code);

insert into overgang
select distinct indeling, code, 'gelijk', null, null
from gebied_lezing
where indeling = (select jaar from indeling_op_scherm);

insert into overgang
select distinct indeling, gebied, 'gelijk', null, null
from meting
where gebied like 'NL%' and indeling <> (select jaar from indeling_op_scherm);

-- Zonder naam of oppervlak is een gebied niet te vergelijken. In de Kerncijfers van die indeling staan ze: het jaar dat
-- ontbreekt.
create temp table ontbreekt as
with nodig as (
    select distinct o.indeling, unnest([o.indeling, s.jaar]) as jaar
    from overgang o cross join indeling_op_scherm s where o.status = 'onbekend'
)

select indeling, min(jaar) as jaar
from nodig n
anti join meting m on m.indeling = n.jaar and m.variabele = 'land_ha'
group by indeling;

-- Eén gebied leest anders dan meer (base/counted.py doet het voor de rest).
create temp macro een_of_meer(aantal, een, meer) as case when aantal = 1 then een else meer end;

create temp macro zoveel_gebieden(aantal, code) as in_tekst(aantal, 0) || ' ' || case left(code, 2)
    when 'BU' then een_of_meer(aantal, 'buurt', 'buurten')
    when 'WK' then een_of_meer(aantal, 'wijk', 'wijken')
    else een_of_meer(aantal, 'gemeente', 'gemeenten')
end;

insert into melding
select
    'overgang ' || o.indeling || ' naar ' || (select jaar from indeling_op_scherm),
    'afgekeurd',
    zoveel_gebieden(count(*), o.code) ||
    case o.status
        when 'vervallen' then ' van ' || o.indeling
            || een_of_meer(count(*), ' bestaat', ' bestaan') || ' niet meer onder die code'
            || een_of_meer(count(*), '; de', '; hun') || ' cijfers zijn niet gebruikt.'
        when 'gewijzigd' then ' van ' || o.indeling
            || een_of_meer(count(*), ' heeft', ' hebben') || ' nu een andere naam, gemeente of grens'
            || een_of_meer(count(*), '; de', '; hun') || ' cijfers zijn niet gebruikt.'
        when 'hernummerd' then ' van ' || o.indeling
            || een_of_meer(count(*), ' ligt', ' liggen') || ' in een gemeente die opnieuw is ingedeeld'
            || een_of_meer(count(*), '; de', '; hun') || ' cijfers zijn niet gebruikt.'
        else ' van ' || o.indeling || een_of_meer(count(*), ' is', ' zijn') || ' niet te vergelijken met nu'
            || een_of_meer(count(*), '; de', '; hun') || ' cijfers zijn niet gebruikt.' || coalesce(
            ' Zet de Kerncijfers wijken en buurten van ' || o.mist || coalesce(' (tabel ' || k.tabel || ')', '')
                || ' erbij; dan kan het wel.', ''
        )
    end,
    count(*)
from (select o.*, t.jaar as mist from overgang o left join ontbreekt t on t.indeling = o.indeling
    and o.status = 'onbekend') o
left join bron k on k.code = 'kwb' and k.jaar = o.mist
where o.status <> 'gelijk'
group by o.indeling, left(o.code, 2), o.status, o.mist, k.tabel
order by all;

drop table ontbreekt;

insert into melding
select
    'overgang ' || indeling || ' naar ' || (select jaar from indeling_op_scherm),
    'info',
    zoveel_gebieden(count(*), code) ||
    ' van ' || indeling || een_of_meer(count(*), ' is gelijk gebleven; de', ' zijn gelijk gebleven; hun')
    || ' cijfers zijn gebruikt.',
    count(*)
from overgang
where status = 'gelijk' and code not like 'NL%' and indeling <> (select jaar from indeling_op_scherm)
group by indeling, left(code, 2)
order by all;
