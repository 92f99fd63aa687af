-- Wat de kenmerken van een plek of buurt zeggen over de leeftijden van haar 65-plussers: het deel van 75 jaar en
-- ouder, en het deel daarvan dat 85 jaar of ouder is. Een regressie op de logit-schaal (knowledge/model/leeftijd.toml),
-- geijkt op echte leeftijden per postcode.

-- Zo dicht bij 0 en 1 kan een gepubliceerd aandeel op de logit-schaal komen.
create macro binnen_rand(p) as minstens(hooguit(p, 1 - (select rand from model_regel)), (select rand from model_regel));

-- Per buurt en jaar elke variabele van het jaar dat het dichtst ligt.
create table leeftijd_variabele as
with nodig as (
    select teller as variabele from leeftijd_kenmerk
    union
    select noemer from leeftijd_kenmerk
    union
    select unnest(['huishoudens', 'huishoudensgrootte'])
),

bekend as (
    select v.gebied, v.variabele, list(v.jaar order by v.jaar) as jaren, list(v.waarde order by v.jaar) as waarden
    from variabele_gebied v
    join nodig n using (variabele)
    join leeftijd_plek p using (gebied)
    group by v.gebied, v.variabele
),

naast as (
    select
        l.gebied, l.jaar, b.variabele,
        case when len(b.jaren) = 1 then b.waarden[1] else b.waarden[list_position(
            list_transform(b.jaren, lambda j: abs(j - l.jaar)),
            list_min(list_transform(b.jaren, lambda j: abs(j - l.jaar)))
        )] end as waarde
    from leeftijd_bron l
    join bekend b using (gebied)
)

select gebied, jaar, variabele, waarde from naast
union all
-- Wie niet in een huishouden woont: vooral bewoners van instellingen.
select i.gebied, i.jaar, 'buiten_huishouden', i.waarde - h.waarde * g.waarde
from naast i
join naast h on h.gebied = i.gebied and h.jaar = i.jaar and h.variabele = 'huishoudens'
join naast g on g.gebied = i.gebied and g.jaar = i.jaar and g.variabele = 'huishoudensgrootte'
where i.variabele = 'inwoners';

-- Elk kenmerk is een verhouding van twee aantallen; van een plek tellen teller en noemer van haar buurten op.
create table leeftijd_kenmerk_van as
with paar as (
    select
        t.gebied, p.plek, t.jaar, k.kenmerk, k.vorm,
        (case when k.aandeel then t.waarde / 100 * n.waarde else t.waarde end)::decimal(24, 6) as teller,
        n.waarde::decimal(24, 6) as noemer
    from leeftijd_kenmerk k
    join leeftijd_variabele t on t.variabele = k.teller
    join leeftijd_variabele n on n.variabele = k.noemer and n.gebied = t.gebied and n.jaar = t.jaar
    join leeftijd_plek p on p.gebied = t.gebied
),

samen as (
    select gebied as sleutel, jaar, kenmerk, vorm, teller::double as teller, noemer::double as noemer from paar
    union all
    select plek, jaar, kenmerk, vorm, sum(teller)::double, sum(noemer)::double from paar group by all
)

select
    sleutel, jaar, kenmerk,
    case vorm when 'log' then ln((greatest(teller, 0) + 1) / (noemer + 1))
        when 'logit' then logit(binnen_rand(teller / noemer)) else teller / noemer end as waarde
from samen
where noemer > 0;

-- De hoogste trede waarvan genoeg kenmerken van de plek bekend zijn; een buurt volgt haar plek.
create table leeftijd_trede as
with bekend as (
    select k.sleutel, k.jaar, c.trede, count(*) as kenmerken
    from leeftijd_kenmerk_van k
    join leeftijd_coefficient c using (kenmerk)
    where k.sleutel in (select plek from leeftijd_plek)
    group by k.sleutel, k.jaar, c.trede
)

select b.sleutel as plek, b.jaar, b.trede
from bekend b
join leeftijd_ladder m using (trede)
cross join leeftijd_model r
where b.kenmerken >= r.kenmerken_minstens * m.kenmerken
qualify row_number() over (partition by b.sleutel, b.jaar order by m.rang) = 1;

create table leeftijd_kans as
with sleutel as (
    select plek as sleutel, plek, jaar from leeftijd_trede
    union
    select p.gebied, t.plek, t.jaar
    from leeftijd_trede t
    join leeftijd_plek p using (plek)
),

-- Wat van een buurt niet bekend is, is zoals in haar plek; wat ook daar niet bekend is, zoals gemiddeld.
stand as (
    select
        s.sleutel, s.jaar, c.vanaf_75, c.vanaf_85,
        coalesce(
            greatest(-m.hooguit, least(m.hooguit, (
                greatest(c.laag, least(c.hoog, coalesce(k.waarde, q.waarde))) - c.midden
            ) / c.schaal)),
            0
        ) as z
    from sleutel s
    join leeftijd_trede t on t.plek = s.plek and t.jaar = s.jaar
    join leeftijd_coefficient c on c.trede = t.trede
    cross join leeftijd_model m
    left join leeftijd_kenmerk_van k on k.sleutel = s.sleutel and k.jaar = s.jaar and k.kenmerk = c.kenmerk
    left join leeftijd_kenmerk_van q on q.sleutel = s.plek and q.jaar = s.jaar and q.kenmerk = c.kenmerk
),

som as (
    select sleutel, jaar, vaste_som(z * vanaf_75) as som_75, vaste_som(z * vanaf_85) as som_85
    from stand
    group by sleutel, jaar
)

-- Het land wordt elk jaar ouder: de rest is ten opzichte van het land.
select
    k.sleutel, k.jaar, t.trede, l.rest_75 + logit(nu.vanaf_75) + s.som_75 as eta_75,
    l.rest_85 + logit(nu.vanaf_85) + s.som_85 as eta_85
from sleutel k
join som s on s.sleutel = k.sleutel and s.jaar = k.jaar
join leeftijd_trede t on t.plek = k.plek and t.jaar = k.jaar
join leeftijd_ladder l using (trede)
join leeftijd_delen nu on nu.jaar = k.jaar;
