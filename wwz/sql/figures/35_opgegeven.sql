-- Wat de gemeente zelf telt (opgave_telling, naast de database bewaard): het gaat voor op een schatting.
--
-- Eerst de bescherming, dan pas de cijfers. Elk klein aantal komt in een groep van minstens twee gebieden; van een groep
-- komt alleen het totaal in de database, naar de schatting over de gebieden verdeeld. Een verborgen aantal staat dus in
-- geen enkele tabel, en geen enkel scherm rekent ermee: kaart, agenda, toekomst en export volgen uit wat te zien is.
-- Onderwerpen van één familie (18+ en 65+, alle doelgroepen, een totaal en zijn delen) zijn in dezelfde gebieden
-- verborgen, in alle jaren: ook hun verschil zegt dan niets.
-- Gezelschap kiezen we naar inwoners (openbaar), niet naar het aantal zelf: de volgorde verraadt dan niets.

-- Het nieuwste jaar met genoeg buurten: dat jaar is op het scherm.
create temp table eigen_jaar as
with per_jaar as (
    select c.indicator, c.jaar, count(*) as buurten, max(count(*)) over (partition by c.indicator) as meeste
    from cijfer c
    join gebied g on g.code = c.gebied and g.niveau = 'buurt'
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
join gebied g on g.code = c.gebied and g.niveau = 'buurt';

create temp table eigen_inwoners as
select b.gebied, sum(w.waarde) as inwoners
from gebied_buurt b
join (
    select gebied, waarde
    from variabele_gebied
    where variabele = 'inwoners'
    qualify row_number() over (partition by gebied order by jaar desc) = 1
) w on w.gebied = b.buurt
group by b.gebied;

-- Elk opgegeven aantal met de schatting voor hetzelfde gebied. Een marge van een model wordt niet kleiner door optellen.
create temp table eigen_cel as
with schatting as (
    select
        t.nummer, t.jaar, t.gebied, any_value(s.jaar) as cijferjaar, sum(s.teller) as teller, sum(s.noemer) as noemer, min(s.noemer_jaar) as noemer_jaar,
        sum(s.noemer * s.onder / i.per) as onder, sum(s.noemer * s.boven / i.per) as boven
    from opgave_telling t
    join gebied_buurt b on b.gebied = t.gebied
    join eigen_schatting s on s.gebied = b.buurt and s.indicator = t.doel
    join indicator i on i.code = t.doel
    group by t.nummer, t.jaar, t.gebied
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
    t.*, g.niveau, g.naam, coalesce(g.wijk, g.code) as wijk, coalesce(g.gemeente, g.code) as gemeente, coalesce(n.inwoners, 0) as inwoners,
    coalesce(s.cijferjaar, j.jaar, t.jaar) as cijferjaar, s.teller as schatting, s.onder as schatting_onder, s.boven as schatting_boven,
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
    join indicator ie on ie.code = s.doel and ie.laag = ir.laag and ir.noemer = 'leeftijd_18plus' and ie.noemer = 'leeftijd_65plus'
    group by r.nummer, r.jaar, r.gebied
)

select c.*, least(c.aantal, c.noemer - c.aantal, coalesce(v.rest, c.aantal)) < m.minimum as klein
from eigen_cel c
left join verschil v on v.nummer = c.nummer and v.jaar = c.jaar and v.gebied = c.gebied
cross join (select minimum from regel) m;

-- Per familie en gebied: te verbergen of niet.
create temp table privacy_cel as
select
    familie, niveau, gebied, any_value(wijk) as wijk, any_value(gemeente) as gemeente, any_value(inwoners) as inwoners, bool_or(klein) as eerste,
    ''::varchar as kring, null::varchar as groep
from eigen_klein
group by familie, niveau, gebied;

-- Genoeg onzekerheid over een groep: een totaal boven het minimum, en niet (bijna) zo klein of zo groot als het kan zijn.
create temp macro privacy_veilig(aantal, kleine, som, ruimte, minimum, speling) as
    som >= minimum and ruimte - som >= minimum
    and case when aantal = kleine then som <= aantal * (minimum - 1) - speling else som >= (aantal - kleine) * minimum + speling end;

create temp macro privacy_groepen(streng) as table (
    with vrij as (
        select *, sum(eerste::int) over (partition by familie, niveau, kring) as te_doen
        from privacy_cel
        where groep is null
    ),

    rij as (
        select
            *, row_number() over w as nummer, sum(inwoners) over w as mensen, max(inwoners) over w as grootste
        from vrij
        where te_doen > 0
        window w as (partition by familie, niveau, kring order by not eerste, inwoners, gebied rows unbounded preceding)
    ),

    soort as (
        select distinct k.familie, k.niveau, k.nummer as onderwerp, k.jaar from eigen_klein k
    ),

    tellend as (
        select
            r.familie, r.niveau, r.kring, r.nummer, r.te_doen, r.mensen - r.grootste as anderen, s.onderwerp, s.jaar, count(k.aantal) over w as aantal,
            sum(coalesce(k.klein, false)::int) over w as kleine, sum(coalesce(k.aantal, 0)) over w as som, sum(coalesce(k.noemer, 0)) over w as ruimte
        from rij r
        join soort s on s.familie = r.familie and s.niveau = r.niveau
        left join eigen_klein k on k.nummer = s.onderwerp and k.jaar = s.jaar and k.gebied = r.gebied and k.familie = r.familie
        window w as (partition by r.familie, r.niveau, r.kring, s.onderwerp, s.jaar order by r.nummer rows unbounded preceding)
    ),

    past as (
        select familie, niveau, kring, nummer
        from tellend
        cross join (select minimum from regel) m
        cross join (select max(speling) as speling from privacy_soort) p
        group by familie, niveau, kring, nummer, te_doen
        having nummer >= greatest(2, te_doen) and min(anderen) >= any_value(m.minimum)
            and bool_and(not streng or aantal = 0 or privacy_veilig(aantal, kleine, som, ruimte, m.minimum, p.speling))
    ),

    genoeg as (
        select familie, niveau, kring, min(nummer) as tot from past group by familie, niveau, kring
    )

    select r.familie, r.niveau, r.gebied, r.kring
    from rij r
    join genoeg g on g.familie = r.familie and g.niveau = r.niveau and g.kring = r.kring and r.nummer <= g.tot
);

-- Eerst gezelschap in dezelfde wijk, dan in de gemeente, dan overal; en als het niet anders kan, een groep waarvan ook het
-- totaal niet te zien is.
update privacy_cel set kring = wijk where niveau = 'buurt';
update privacy_cel set groep = 'wijk ' || v.kring from privacy_groepen(true) v
where privacy_cel.niveau = 'buurt' and v.familie = privacy_cel.familie and v.niveau = privacy_cel.niveau and v.gebied = privacy_cel.gebied;

update privacy_cel set kring = gemeente where niveau <> 'gemeente';
update privacy_cel set groep = 'gemeente ' || v.kring from privacy_groepen(true) v
where privacy_cel.niveau <> 'gemeente' and v.familie = privacy_cel.familie and v.niveau = privacy_cel.niveau and v.gebied = privacy_cel.gebied;

update privacy_cel set kring = 'alles';
update privacy_cel set groep = 'overal' from privacy_groepen(true) v
where v.familie = privacy_cel.familie and v.niveau = privacy_cel.niveau and v.gebied = privacy_cel.gebied;

update privacy_cel set groep = 'rest' from privacy_groepen(false) v
where v.familie = privacy_cel.familie and v.niveau = privacy_cel.niveau and v.gebied = privacy_cel.gebied;

update privacy_cel set groep = 'alleen ' || gebied where eerste and groep is null;

-- Wat te zien is, en waarmee gerekend mag worden: een open aantal, of een deel van het totaal van een groep. Waar ook het
-- totaal van de groep te klein of te zeker is, is er niets: daar blijft de schatting staan.
create temp table eigen_bruikbaar as
with cel as (
    select
        k.*, p.groep,
        count(*) over g as leden, sum(k.klein::int) over g as kleine, sum(k.aantal) over g as som, sum(k.noemer) over g as ruimte,
        sum(coalesce(k.schatting, k.inwoners)) over g as samen
    from eigen_klein k
    join privacy_cel p on p.familie = k.familie and p.niveau = k.niveau and p.gebied = k.gebied
    window g as (partition by k.nummer, k.jaar, k.niveau, p.groep)
)

select
    c.*, c.groep is not null as verborgen,
    case
        when c.groep is null then c.aantal
        when c.leden >= 2 and c.samen > 0 and privacy_veilig(c.leden, c.kleine, c.som, c.ruimte, m.minimum, p.speling)
            then hooguit(c.som * coalesce(c.schatting, c.inwoners) / c.samen, c.noemer)
    end as bruikbaar
from cel c
cross join (select minimum from regel) m
cross join (select max(speling) as speling from privacy_soort) p;
