-- Lagen die niemand per buurt publiceert (zelfzorg, huishouden, geheugen): mensen per leeftijd maal hoe vaak het op die
-- leeftijd voorkomt, gekanteld naar hoe gezond de ouderen in de buurt zijn. Zie knowledge/model/leeftijdslagen.toml.

-- Hoe ver een buurt in een laag van het land af ligt, op de logit-schaal, en hoe onzeker dat is.
create table laag_afwijking as
with land as (
    select indicator, waarde, jaar from cijfer where gebied = 'NL00'
    union all
    select r.indicator, r.waarde, r.jaar
    from referentie r anti join cijfer c on c.gebied = 'NL00' and c.indicator = r.indicator
),

buurt as (
    select c.gebied, c.indicator, c.jaar, c.waarde / i.per as p, c.onder / i.per as laag, c.boven / i.per as hoog, i.per
    from cijfer c
    join indicator i on i.code = c.indicator
    join gebied g on g.code = c.gebied and g.kleinste
    where c.indicator in (select laag from laag_kanteling union select laag
        from doelgroep_kantel union select eenzaam_laag from mantelzorg_regel)
        -- Vergelijk een buurt met het land van hetzelfde jaar: niet met een schatting voor een later jaar.
        and c.wijze <> 'bijgewerkt'
    qualify row_number() over (partition by c.gebied, c.indicator order by c.jaar desc) = 1
)

select
    b.gebied, b.indicator,
    logit(binnen_rand(b.p)) - logit(binnen_rand(l.waarde / b.per)) as afwijking,
    (logit(binnen_rand(b.hoog)) - logit(binnen_rand(b.laag))) / 2 as half
from buurt b
join land l on l.indicator = b.indicator
qualify row_number() over (partition by b.gebied, b.indicator order by abs(l.jaar - b.jaar), l.jaar) = 1;

-- Van wie een laag een deel is: zelfzorg en huishouden alleen van mensen die thuis wonen.
create view laag_wie as
select
    b.gebied, b.jaar, b.leeftijd_jaar, b.band, b.fout, p.indicator, t.thuis, i.aandeel as instelling_land,
    b.mensen * case when r.thuis then t.thuis else 1 end as mensen
from bevolking_nu b
join laag_band p using (band)
join laag_recept r using (indicator)
join thuis_nu t using (gebied, band)
join instelling_land i using (band);

create table laag_buurt as
with landelijk as (
    select p.indicator, sum(p.aandeel * l.deel) / sum(l.deel) as aandeel
    from laag_band p
    join leeftijd_land l on l.band = p.band and l.jaar = (select max(jaar) from leeftijd_land)
    group by p.indicator
),

-- Is een buurt ouder, dan is ook de mobiliteit slechter: dat deel van het verschil zit al in de leeftijd.
verwacht as (
    select
        b.gebied, p.indicator, round(sum(b.mensen), 6) as ouderen,
        round(sum(b.mensen * p.aandeel) / sum(b.mensen), 12) as aandeel
    from laag_wie b
    join laag_band p using (indicator, band)
    group by b.gebied, p.indicator
    having sum(b.mensen) > 0
),

gezondheid as (
    select a.gebied, avg(a.afwijking) as afwijking, avg(a.half) as half, k.hooguit
    from laag_afwijking a
    join laag_kanteling k on k.laag = a.indicator
    group by a.gebied, k.hooguit
),

kanteling as (
    select
        v.gebied, v.indicator, v.ouderen,
        r.kanteling * greatest(-g.hooguit, least(g.hooguit, g.afwijking - (logit(v.aandeel) - logit(l.aandeel))))
            as schuif,
        sqrt((r.kanteling * coalesce(g.half, 0)) ** 2 + r.marge ** 2) as half
    from verwacht v
    join laag_recept r using (indicator)
    join landelijk l using (indicator)
    left join gezondheid g on g.gebied = v.gebied
)

select
    k.gebied, b.jaar, b.leeftijd_jaar, k.indicator, k.ouderen, k.half, b.mensen, b.fout, b.thuis, b.instelling_land,
    b.mensen * p.aandeel as recht,
    b.mensen * expit(logit(p.aandeel) + coalesce(k.schuif, 0)) as teller
from kanteling k
join laag_wie b on b.gebied = k.gebied and b.indicator = k.indicator
join laag_band p on p.indicator = k.indicator and p.band = b.band;

-- Staat het hele land in de gegevens, dan komt de som uit op het landelijke cijfer.
create table laag_som as
with buurt as (
    select
        gebied, jaar, leeftijd_jaar, indicator, ouderen as noemer, half,
        list(mensen order by teller) as banden, list(teller order by teller) as tellers, list_sum(tellers) as teller,
        vaste_som(recht) as recht,
        -- Zo veel keer zo groot als in het land is het deel van hen dat thuis woont.
        vaste_som(teller * thuis) / nullif(vaste_som(teller * (1 - instelling_land)), 0) as thuis_keer,
        splitsfout(banden, tellers, list(fout order by teller)) as splitsing
    from laag_buurt
    group by gebied, jaar, leeftijd_jaar, indicator, ouderen, half
),

schaal as (
    select
        b.indicator,
        case when exists (select 1 from gebied where niveau = 'land')
            then coalesce(r.schaal, list_sum(list(b.recht order by b.gebied)))
                / list_sum(list(b.teller order by b.gebied))
            else 1 end as factor
    from buurt b
    join laag_recept r using (indicator)
    group by b.indicator, r.schaal
)

-- De fout van de splitsing telt los van die van het recept; op de logit-schaal, net als half.
select
    b.* exclude (banden, tellers, half), least(r.aandeel_hooguit, b.teller * s.factor / b.noemer) as aandeel,
    sqrt(b.half ** 2 + coalesce(b.splitsing / nullif(b.teller, 0) / (1 - aandeel), 0) ** 2) as half
from buurt b
join schaal s using (indicator)
cross join regel r;

insert into cijfer
select
    l.gebied, l.indicator, l.jaar, round(l.aandeel * l.noemer, 6) as teller, l.noemer,
    round(i.per * l.aandeel, 6) as waarde,
    round(i.per * expit(logit(l.aandeel) - l.half), 6) as onder,
    round(i.per * expit(logit(l.aandeel) + l.half), 6) as boven,
    'recept' as marge_uit, 'geschat' as soort, 'schatting' as bron, 'leeftijd' as wijze, l.leeftijd_jaar as noemer_jaar,
    1.0::double as dekking, false as geteld
from laag_som l
join indicator i on i.code = l.indicator;
