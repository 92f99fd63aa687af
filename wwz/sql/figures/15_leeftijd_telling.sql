-- Echte leeftijden van 65+, waar ze zijn: per gemeente en per postcode, in groepen van vijf jaar. Wij nemen er de
-- verdeling van over; het aantal 65-plussers van een buurt blijft dat van Kerncijfers.

-- Bij welke postcode een buurt hoort: die van de meeste adressen. Buurten met dezelfde postcode vormen samen een plek;
-- weten wij de postcode niet, dan is de wijk de plek.
create table leeftijd_plek as
select
    g.code as gebied, g.gemeente, p.waarde::bigint as postcode,
    coalesce('PC' || p.waarde::bigint, g.wijk, g.gemeente, g.code) as plek
from gebied g
left join nieuwste_van(['postcode']) p on p.gebied = g.code
where g.kleinste;

create table leeftijd_telling as
with los as (
    select 'gemeente' as rand, v.gebied as sleutel, v.jaar, k.groep, k.vijfjaar, v.waarde as mensen
    from variabele_gebied v
    join leeftijd_vijf k using (variabele)
    join gebied g on g.code = v.gebied and g.niveau = 'gemeente'
    union all
    select 'postcode', 'PC' || p.postcode, p.jaar, k.groep, k.vijfjaar, max(p.mensen)
    from leeftijd_postcode p
    join leeftijd_vijf k using (vijfjaar)
    where 'PC' || p.postcode in (select plek from leeftijd_plek)
    group by p.postcode, p.jaar, k.groep, k.vijfjaar
),

-- Alleen als alle groepen er zijn: een groep die ontbreekt, is geen nul.
volledig as (
    select rand, sleutel, jaar
    from los
    group by rand, sleutel, jaar
    having count(*) = (select count(*) from leeftijd_vijf) and sum(mensen) > 0
)

select l.rand, l.sleutel, l.jaar, l.groep, sum(l.mensen) as mensen
from los l
join volledig v on v.rand = l.rand and v.sleutel = l.sleutel and v.jaar = l.jaar
group by l.rand, l.sleutel, l.jaar, l.groep;

-- Past een telling bij de buurten? Het aantal 65-plussers van Kerncijfers ernaast, van het jaar dat het dichtst ligt.
create table leeftijd_past as
with buurten as (
    select 'gemeente' as rand, p.gemeente as sleutel, l.jaar, sum(l.mensen::decimal(18, 3))::double as ouderen
    from leeftijd_grof l
    join leeftijd_plek p using (gebied)
    join leeftijd_regel r on r.grof = l.band
    group by p.gemeente, l.jaar
    union all
    select 'postcode', p.plek, l.jaar, sum(l.mensen::decimal(18, 3))::double
    from leeftijd_grof l
    join leeftijd_plek p using (gebied)
    join leeftijd_regel r on r.grof = l.band
    where p.postcode is not null
    group by p.plek, l.jaar
)

select
    t.rand, t.sleutel, t.jaar, b.ouderen, t.geteld, b.ouderen / t.geteld - 1 as verschil,
    abs(verschil) <= case t.rand when 'gemeente' then r.gemeente_past else r.postcode_past end as past
from (select rand, sleutel, jaar, sum(mensen) as geteld from leeftijd_telling group by all) t
join buurten b on b.rand = t.rand and b.sleutel = t.sleutel
cross join leeftijd_regel r
qualify row_number() over (partition by t.rand, t.sleutel, t.jaar order by abs(b.jaar - t.jaar), b.jaar) = 1;

insert into melding
with naam as (
    select
        p.rand, p.sleutel, p.jaar, p.past, p.geteld, p.ouderen, abs(p.verschil) as scheef,
        coalesce(g.naam, replace(p.sleutel, 'PC', '')) as naam
    from leeftijd_past p
    left join gebied g on g.code = p.sleutel
),

postcode as (
    select jaar, count(*) as n, arg_max(naam, (scheef, naam)) as naam, arg_max(geteld, (scheef, naam)) as geteld,
        arg_max(ouderen, (scheef, naam)) as ouderen
    from naam
    where rand = 'postcode' and not past
    group by jaar
),

over_gemeenten as (
    select plek, count(distinct gemeente) as gemeenten
    from leeftijd_plek
    where plek in (select sleutel from leeftijd_telling)
    group by plek
    having gemeenten >= (select gemeenten_melden from leeftijd_regel)
)

select
    'leeftijden', 'let_op',
    'Leeftijden per postcode (' || jaar || '): van ' || in_tekst(n, 0)
        || case when n = 1 then ' postcode' else ' postcodes' end
        || ' passen de 65-plussers niet bij de buurten (bijvoorbeeld ' || naam || ': ' || in_tekst(geteld, 0)
        || ' tegen ' || in_tekst(ouderen, 0)
        || ' in de buurten). Die verdeling is niet gebruikt; de postcode ligt dan ook in andere buurten.',
    n
from postcode
union all
select
    'leeftijden', 'let_op',
    'Leeftijden van ' || naam || ' (' || jaar || '): samen ' || in_tekst(geteld, 0) || ' 65-plussers, en '
        || in_tekst(ouderen, 0) || ' in de buurten. '
        || case when past then 'Alleen de verdeling is gebruikt.'
            else 'Dat scheelt te veel; ze zijn niet gebruikt.' end,
    1
from naam
cross join leeftijd_regel r
where rand = 'gemeente' and scheef > r.gemeente_melden
union all
select
    'leeftijden', 'info',
    'Postcodes die in drie of meer gemeenten liggen: ' || in_tekst(count(*), 0) || ' (bijvoorbeeld '
        || replace(min(plek), 'PC', '') || '). Al hun buurten krijgen dezelfde verdeling als de postcode.',
    count(*)
from over_gemeenten
having count(*) > 0;

-- De verdeling van 65+ in het land, per jaar: tussen twee bekende jaren een rechte lijn, daarbuiten het naaste jaar.
create table leeftijd_oud as
with jaar as (
    select distinct jaar from leeftijd_bron
    union
    select distinct jaar from leeftijd_telling
),

naast as (
    select
        j.jaar, coalesce(max(l.jaar) filter (l.jaar <= j.jaar), min(l.jaar)) as eerder,
        coalesce(min(l.jaar) filter (l.jaar >= j.jaar), max(l.jaar)) as later
    from jaar j
    cross join (select distinct jaar from leeftijd_land_oud) l
    group by j.jaar
)

select
    n.jaar, e.groep, e.band, e.deel,
    e.aandeel + case when n.later > n.eerder then (n.jaar - n.eerder) / (n.later - n.eerder) else 0 end
        * (l.aandeel - e.aandeel) as landelijk
from naast n
join leeftijd_land_oud e on e.jaar = n.eerder
join leeftijd_land_oud l on l.jaar = n.later and l.groep = e.groep;

-- Hetzelfde als twee delen: van 65+ het deel vanaf 75 jaar, en daarvan het deel vanaf 85 jaar.
create table leeftijd_delen as
select
    jaar, sum(landelijk) filter (band <> jongste) as vanaf_75,
    sum(landelijk) filter (band = oudste) / vanaf_75 as vanaf_85
from leeftijd_oud
cross join leeftijd_regel
group by jaar;
