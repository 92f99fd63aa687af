-- Schatten waar niets gepubliceerd is: elke bewoonde buurt krijgt van elke laag een cijfer met een marge.
-- Wat gepubliceerd is, blijft staan. De schatting telt op tot het kleinste gepubliceerde gebied eromheen (het anker).

-- De noemer van een buurt: gemeten, of anders uit de geschatte leeftijden.
create table schatting_noemer as
with leeftijd as (
    select
        b.gebied, b.jaar, l.jaar as leeftijd_jaar,
        round(sum(l.mensen) filter (k.oud), 6) as vanaf_65,
        round(sum(l.mensen * (1 - k.onder_18)), 6) as vanaf_18
    from schatting_buurt b
    join leeftijd_gebied l on l.gebied = b.gebied
    join leeftijd_band k on k.band = l.band
    group by b.gebied, b.jaar, l.jaar
    qualify row_number() over (partition by b.gebied, b.jaar order by abs(l.jaar - b.jaar), l.jaar) = 1
)

select
    b.gebied, b.jaar, n.noemer,
    case n.noemer
        when 'leeftijd_18plus' then coalesce(b.leeftijd_18plus, l.vanaf_18)
        -- Wonen er volgens de bron geen 18-plussers, dan ook geen 65-plussers.
        else hooguit(coalesce(b.leeftijd_65plus, l.vanaf_65), coalesce(b.leeftijd_18plus, l.vanaf_18))
    end as mensen,
    case when case n.noemer when 'leeftijd_18plus' then b.leeftijd_18plus else b.leeftijd_65plus end is null
        then l.leeftijd_jaar else b.jaar end as mensen_jaar
from schatting_buurt b
cross join (values ('leeftijd_18plus'), ('leeftijd_65plus')) n(noemer)
left join leeftijd l on l.gebied = b.gebied and l.jaar = b.jaar;

-- Wat het model zegt, ook waar er een gepubliceerd cijfer is: daaraan is te zien hoe ver het er in de omgeving naast
-- zit.
create table voorspelling as
select
    b.gebied, b.jaar, c.indicator, k.trede, s.gepubliceerd, s.vorig, b.wijk, b.gemeente, b.grootte, b.stedelijkheid,
    n.mensen as noemer,
    list_inner_product(k.termen, c.coefficienten::double[]) as eta
from schatting_buurt b
join kenmerk_trede k on k.gebied = b.gebied and k.jaar = b.jaar
join model_coefficient c on c.trede = k.trede
join schatting_jaar s on s.indicator = c.indicator and s.jaar = b.jaar
join indicator i on i.code = c.indicator
join schatting_noemer n on n.gebied = b.gebied and n.jaar = b.jaar and n.noemer = i.noemer
where n.mensen > 0;

create table anker_gebied as
select code as gebied, 'wijk' as anker, wijk as ouder, 0 as rang from gebied where niveau = 'buurt'
union all
select code, 'gemeente', gemeente, 1 from gebied where niveau in ('buurt', 'wijk')
union all
select g.code, 'land', l.code, 2
from gebied g cross join gebied l where g.niveau in ('buurt', 'wijk', 'gemeente') and l.niveau = 'land';

create table gepubliceerd as
select c.gebied, c.indicator, c.jaar, c.waarde / i.per as aandeel, c.noemer, g.niveau, g.kleinste
from cijfer c
join indicator i on i.code = c.indicator
join gebied g on g.code = c.gebied
where c.indicator in (select indicator from model_indicator) and c.noemer > 0 and g.niveau <> 'eigen';

-- Tussen welke logits de gepubliceerde buurten van dat jaar liggen.
create table gepubliceerd_grens as
select
    indicator, jaar, logit(greatest(min(aandeel), (select aandeel_rand from regel))) as laagste,
    logit(least(max(aandeel), 1 - (select aandeel_rand from regel))) as hoogste
from gepubliceerd
where kleinste
group by indicator, jaar;

-- Per buurt zonder cijfer het kleinste gepubliceerde gebied eromheen.
create table open_buurt as
select v.*, a.anker, a.ouder
from voorspelling v
anti join gepubliceerd p on p.gebied = v.gebied and p.indicator = v.indicator and p.jaar = v.jaar
left join (
    select a.*, p.indicator, p.jaar from anker_gebied a join gepubliceerd p on p.gebied = a.ouder
) a on a.gebied = v.gebied and a.indicator = v.indicator and a.jaar = v.jaar
where v.vorig is null
qualify row_number() over (partition by v.gebied, v.indicator, v.jaar order by a.rang) = 1;

-- Wat er van het anker overblijft als alles wat erbinnen gepubliceerd is eraf gaat.
create table anker_rest as
with bekend as (
    select p.indicator, p.jaar, a.ouder, p.aandeel * p.noemer as teller, p.noemer
    from gepubliceerd p
    join anker_gebied a on a.gebied = p.gebied
    join gepubliceerd o on o.gebied = a.ouder and o.indicator = p.indicator and o.jaar = p.jaar
    qualify row_number() over (partition by p.gebied, p.indicator, p.jaar order by a.rang) = 1
),

samen as (
    select indicator, jaar, ouder, sum(teller) as teller, sum(noemer) as noemer
    from (select * from bekend order by indicator, jaar, ouder, teller, noemer)
    group by indicator, jaar, ouder
)

select
    p.indicator, p.jaar, p.gebied as ouder, p.aandeel, p.noemer, p.noemer - coalesce(s.noemer, 0) as rest_noemer,
    p.aandeel * p.noemer - coalesce(s.teller, 0) as rest_teller
from gepubliceerd p
left join samen s on s.ouder = p.gebied and s.indicator = p.indicator and s.jaar = p.jaar
where not p.kleinste;

-- De verschuiving per anker. Eerst over alle buurten van het anker samen; dan niet verder dan nodig is om bij de rest
-- uit te komen, want bij een kleine rest is het verschil vooral afronding van de bron.
create table anker_schuif as
with eerste as (
    select
        o.indicator, o.jaar, o.ouder, r.noemer, r.rest_noemer, r.rest_teller,
        verschuiving(list(v.eta order by v.gebied), list(v.noemer order by v.gebied), r.aandeel) as begin
    from (select distinct indicator, jaar, ouder from open_buurt where ouder is not null) o
    join anker_rest r on r.indicator = o.indicator and r.jaar = o.jaar and r.ouder = o.ouder
    join gebied_buurt b on b.gebied = o.ouder
    join voorspelling v on v.gebied = b.buurt and v.indicator = o.indicator and v.jaar = o.jaar
    group by o.indicator, o.jaar, o.ouder, r.noemer, r.rest_noemer, r.rest_teller, r.aandeel
),

open as (
    select
        e.*, list(b.eta + e.begin order by b.gebied) as etas, list(b.noemer order by b.gebied) as ns,
        gemiddeld_aandeel(etas, ns, 0) as verwacht
    from eerste e
    join open_buurt b on b.ouder = e.ouder and b.indicator = e.indicator and b.jaar = e.jaar
    group by all
),

doel as (
    select
        o.*,
        case when rest_noemer > 0 then greatest(
            rest_teller / rest_noemer - r.anker_speling * noemer / rest_noemer,
            least(rest_teller / rest_noemer + r.anker_speling * noemer / rest_noemer, verwacht)
        ) else verwacht end as gewenst,
        r.anker_factor, g.aandeel_hooguit
    from open o
    cross join model_regel r
    cross join regel g
)

select
    indicator, jaar, ouder,
    begin
        + verschuiving(etas, ns,
            greatest(verwacht / anker_factor, least(verwacht * anker_factor, gewenst, aandeel_hooguit)))
        as schuif
from doel;

create table schatting_jaar_zelf as
select
    b.gebied, b.indicator, b.jaar, b.trede, b.noemer, b.stedelijkheid, b.grootte, coalesce(b.anker, 'geen') as anker,
    -- Nooit buiten wat er voor buurten van dat jaar gepubliceerd is (lege grenzen tellen niet).
    greatest(g.laagste, least(g.hoogste, b.eta + coalesce(s.schuif, 0))) as eta,
    -- Zonder cijfers van dat jaar is ook het landelijke niveau onzeker: dat loopt met de jaren op.
    case when b.gepubliceerd then 0 else r.verloop_per_jaar * abs(b.jaar - r.geijkt_op) end as verloop
from open_buurt b
cross join model_regel r
left join gepubliceerd_grens g on g.indicator = b.indicator and g.jaar = b.jaar
left join anker_schuif s on s.ouder = b.ouder and s.indicator = b.indicator and s.jaar = b.jaar;
