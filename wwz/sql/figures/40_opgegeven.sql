-- Wat de gemeente zelf telt (opgave_telling, naast de database bewaard): het gaat voor op een schatting.
--
-- Eerst de bescherming, dan pas de cijfers. Elk gebied met een klein aantal komt in een groep van minstens twee
-- gebieden (own/countsprotect.py); van een groep komt alleen het totaal in de database, naar de schatting over de
-- gebieden verdeeld. Een verborgen aantal staat dus in geen enkele tabel, en geen enkel scherm rekent ermee: kaart,
-- agenda, toekomst en export volgen uit wat te zien is. Alle onderwerpen en jaren van een gemeente zijn in dezelfde
-- gebieden verborgen: ook hun som en verschil zeggen dan niets.

-- Het nieuwste jaar met genoeg buurten: dat jaar is op het scherm.
create temp table eigen_jaar as
with per_jaar as (
    select c.indicator, c.jaar, count(*) as buurten, max(count(*)) over (partition by c.indicator) as meeste
    from cijfer c
    join gebied g on g.code = c.gebied and g.kleinste
    where c.indicator in (select doel from opgave_telling where doel <> '') and c.wijze <> 'bijgewerkt'
    group by c.indicator, c.jaar
)

select indicator, max(jaar) as jaar
from per_jaar
where buurten >= (select dekking_jaar from regel) * meeste
group by indicator;

-- De schatting zoals die was, per buurt: om naast de opgave te zetten, en om een totaal mee te verdelen.
create table eigen_schatting as
select c.*
from cijfer c
join eigen_jaar j on j.indicator = c.indicator and j.jaar = c.jaar
join gebied g on g.code = c.gebied and g.kleinste;

create temp table eigen_inwoners as
select b.gebied, sum(w.inwoners) as inwoners
from gebied_buurt b
join inwoners_nu w on w.gebied = b.buurt
group by b.gebied;

-- Elk opgegeven aantal met de schatting voor hetzelfde gebied. Een marge van een model wordt niet kleiner door
-- optellen.
create temp table eigen_cel as
with schatting as (
    select
        t.nummer, t.jaar, t.gebied, s.jaar as cijferjaar, sum(s.teller) as teller, sum(s.noemer) as noemer,
        min(s.noemer_jaar) as noemer_jaar,
        sum(s.noemer * s.onder / i.per) as onder, sum(s.noemer * s.boven / i.per) as boven
    from opgave_telling t
    join gebied_buurt b on b.gebied = t.gebied
    join eigen_schatting s on s.gebied = b.buurt and s.indicator = t.doel
    join indicator i on i.code = t.doel
    group by t.nummer, t.jaar, t.gebied, s.jaar
),

-- Een aantal is een deel van de mensen van dat moment: de noemer van het jaar dat het dichtst bij de peildatum ligt.
naast as (
    select t.nummer, t.jaar, t.gebied, v.waarde as noemer, v.jaar as noemer_jaar
    from opgave_telling t
    join indicator i on i.code = t.doel
    join variabele_gebied v on v.gebied = t.gebied and v.variabele = i.noemer
    qualify row_number() over (partition by t.nummer, t.jaar, t.gebied order by abs(v.jaar - t.jaar), v.jaar desc) = 1
)

select
    t.*, g.niveau, g.naam, coalesce(g.wijk, g.code) as wijk, coalesce(g.gemeente, g.code) as gemeente,
    coalesce(n.inwoners, 0) as inwoners,
    coalesce(s.cijferjaar, j.jaar, t.jaar) as cijferjaar, s.teller as schatting, s.onder as schatting_onder,
    s.boven as schatting_boven,
    s.noemer is null or coalesce(abs(v.noemer_jaar - t.jaar) < abs(s.noemer_jaar - t.jaar), false) as andere_noemer,
    coalesce(case when andere_noemer then v.noemer end, s.noemer, n.inwoners, 0) as noemer,
    coalesce(case when andere_noemer then v.noemer_jaar end, s.noemer_jaar, s.cijferjaar, j.jaar, t.jaar) as noemer_jaar
from opgave_telling t
join gebied g on g.code = t.gebied and g.niveau in ('buurt', 'wijk', 'gemeente')
left join eigen_jaar j on j.indicator = t.doel
left join naast v on v.nummer = t.nummer and v.jaar = t.jaar and v.gebied = t.gebied
left join schatting s on s.nummer = t.nummer and s.jaar = t.jaar and s.gebied = t.gebied
left join eigen_inwoners n on n.gebied = t.gebied;

-- Klein: te weinig mensen, te weinig anderen, of te weinig verschil tussen 18+ en 65+ van hetzelfde.
create temp table eigen_klein as
with verschil as (
    select r.nummer, r.jaar, r.gebied, min(r.aantal - s.aantal) as rest
    from eigen_cel r
    join eigen_cel s on s.gebied = r.gebied and s.jaar = r.jaar and s.nummer <> r.nummer
    join indicator ir on ir.code = r.doel
    join indicator ie on ie.code = s.doel and ie.laag = ir.laag and ir.noemer = 'leeftijd_18plus'
        and ie.noemer = 'leeftijd_65plus'
    group by r.nummer, r.jaar, r.gebied
)

select c.*, least(c.aantal, c.noemer - c.aantal, coalesce(v.rest, c.aantal)) < m.minimum as klein
from eigen_cel c
left join verschil v on v.nummer = c.nummer and v.jaar = c.jaar and v.gebied = c.gebied
cross join (select minimum from regel) m;
