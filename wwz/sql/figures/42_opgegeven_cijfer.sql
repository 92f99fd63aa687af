-- Wat de gemeente zelf telt, als cijfer: open aantallen en delen van groepen (privacy_groep), en verder niets.

-- Wat te zien is, en waarmee gerekend mag worden: een open aantal, of een deel van het totaal van een groep. Waar ook
-- het totaal van de groep niet te zien mag zijn (privacy_totaal), is er niets: daar blijft de schatting staan.
create temp table eigen_bruikbaar as
with cel as (
    select k.*, p.groep, sum(k.aantal) over g as som, sum(coalesce(k.schatting, k.inwoners)) over g as samen
    from eigen_klein k
    left join privacy_groep p on p.gebied = k.gebied
    window g as (partition by k.nummer, k.jaar, p.groep)
)

select
    c.*, c.groep is not null as verborgen,
    case
        when c.groep is null then c.aantal
        when t.groep is not null and c.samen > 0
            then hooguit(c.som * coalesce(c.schatting, c.inwoners) / c.samen, c.noemer)
    end as bruikbaar
from cel c
left join privacy_totaal t on t.groep = c.groep and t.nummer = c.nummer and t.jaar = c.jaar;

-- Voor het scherm Eigen cijfers: opgave naast schatting. Van een verborgen aantal staat hier niets.
create table eigen_open as
select
    nummer, onderwerp, gebruik, doel, gebied, naam, niveau, gemeente, jaar, nieuwste, peildatum, bronregel, verborgen,
    case when not verborgen then aantal end as aantal, cijferjaar, schatting, noemer,
    -- Wie geteld wordt naast wie wij verwachten: dan hoort het toeval bij de marge.
    onder_met(schatting, schatting_onder, toeval_in(schatting, noemer)) as schatting_onder,
    boven_met(schatting, schatting_boven, toeval_in(schatting, noemer)) as schatting_boven
from eigen_bruikbaar;

-- Groepen van wat een schatting vervangt: figures/80_privacy.sql houdt ze heel.
create table verborgen_cel as
select doel as indicator, cijferjaar as jaar, niveau, gebied, groep
from eigen_bruikbaar
where gebruik = 'vervangt' and nieuwste and verborgen and bruikbaar is not null and noemer > 0;

-- Bij elk onderwerp een bronregel met wie, wanneer en waaruit; staan er meer in de opgave, dan alle.
insert into bron by name
with opgave_bron as (
    select nummer, string_agg(distinct bronregel, '; ' order by bronregel) as bronregel
    from eigen_bruikbaar
    where nieuwste
    group by nummer
)

select
    'opgave_' || nummer as code, 0 as jaar, '' as tabel, bronregel as titel, '' as uitgever, '' as licentie,
    bronregel as naamsvermelding,
    '' as toelichting, '' as url
from opgave_bron
union all
select
    'ijking_' || nummer, 0, '', 'Schatting, geijkt op: ' || bronregel, '', '',
    'Eigen schatting, geijkt op: ' || bronregel, '', ''
from opgave_bron;

-- Vervangen: het aantal in plaats van de schatting. Staat het per wijk of gemeente, dan krijgen de buurten hun deel
-- naar de schatting. IJken: één factor per gemeente over alle gebieden met een opgave.
create temp table eigen_factor as
with vervangt as (
    select doel, nummer, gebied, 'opgave_' as regel, bruikbaar / nullif(schatting, 0) as factor
    from eigen_bruikbaar
    where gebruik = 'vervangt' and nieuwste and bruikbaar is not null
),

ijkt as (
    select doel, nummer, gebied, 'ijking_' as regel, sum(bruikbaar) over w / nullif(sum(schatting) over w, 0) as factor
    from eigen_bruikbaar
    where gebruik = 'ijkt' and nieuwste and bruikbaar is not null and schatting is not null
    window w as (partition by nummer, gemeente)
)

select b.buurt, f.*, g.kleinste
from (select * from vervangt union all select * from ijkt) f
join gebied g on g.code = f.gebied
join gebied_buurt b on b.gebied = f.gebied;

create temp table eigen_nieuw as
-- Het gebied met de opgave krijgt precies dat aantal. Het deel van een groep blijft een schatting, en is niet te zien.
select
    b.gebied, b.doel as indicator, b.cijferjaar as jaar, b.bruikbaar as teller, b.noemer,
    coalesce(b.schatting_onder / nullif(b.schatting, 0), 0) as laag,
    coalesce(b.schatting_boven / nullif(b.schatting, 0), r.zonder_schatting_hooguit) as hoog, not b.verborgen as geteld,
    'opgegeven' as wijze,
    'recept' as marge_uit, 'opgave_' || b.nummer as bron,
    b.noemer_jaar
from eigen_bruikbaar b
cross join regel r
where b.gebruik = 'vervangt' and b.nieuwste and b.bruikbaar is not null and b.noemer > 0
union all
-- De buurten erin, en alles wat geijkt wordt: de schatting maal de factor.
select
    s.gebied, s.indicator, s.jaar, hooguit(s.teller * f.factor, s.noemer), s.noemer, s.onder / nullif(s.waarde, 0),
    s.boven / nullif(s.waarde, 0), false,
    'geijkt', s.marge_uit, f.regel || f.nummer, s.noemer_jaar
from eigen_factor f
join eigen_schatting s on s.gebied = f.buurt and s.indicator = f.doel
where f.factor is not null and not (f.regel = 'opgave_' and f.kleinste);

delete from cijfer c using eigen_nieuw n where c.gebied = n.gebied and c.indicator = n.indicator and c.jaar = n.jaar;

insert into cijfer
with maat as (
    select n.*, i.per, i.regel, i.per * n.teller / nullif(n.noemer, 0) as waarde
    from eigen_nieuw n
    join indicator i on i.code = n.indicator
)

select
    gebied, indicator, jaar, round(teller, 6) as teller, noemer, round(waarde, 6) as waarde,
    round(case when geteld then waarde else waarde * least(1, coalesce(laag, 1)) end, 6) as onder,
    round(bovengrens(regel, per, case when geteld then waarde else waarde * greatest(1, coalesce(hoog, 1)) end), 6)
        as boven,
    case when geteld then 'opgegeven' else marge_uit end as marge_uit,
    case when geteld then 'opgegeven' else 'geschat' end as soort, bron,
    wijze, noemer_jaar, 1.0::double as dekking, geteld
from maat;

-- Is in elke bewoonde buurt van een wijk of gemeente geteld, dan tellen de buurten op: een gepubliceerd cijfer van het
-- model zou de telling tegenspreken. Is maar een deel geteld, of valt een groep er half buiten, dan blijft dat cijfer
-- staan.
create temp table eigen_geheel as
with groep as (
    select doel, groep, gebied, count(*) over (partition by doel, groep) as leden
    from eigen_bruikbaar
    where gebruik = 'vervangt' and nieuwste and verborgen
),

doorsneden as (
    select distinct b.gebied, r.doel
    from groep r
    join gebied_buurt b on b.buurt = r.gebied
    group by b.gebied, r.doel, r.groep, r.leden
    having count(*) < r.leden
),

vol as (
    select b.gebied, j.indicator, j.jaar
    from gebied_buurt b
    join gebied g on g.code = b.gebied and g.niveau in ('wijk', 'gemeente')
    join eigen_inwoners n on n.gebied = b.buurt and n.inwoners > 0
    cross join eigen_jaar j
    left join cijfer c on c.gebied = b.buurt and c.indicator = j.indicator and c.jaar = j.jaar
    group by b.gebied, j.indicator, j.jaar
    having bool_and(coalesce(c.wijze = 'opgegeven', false))
)

select v.gebied, v.indicator, v.jaar
from vol v
anti join doorsneden d on d.gebied = v.gebied and d.doel = v.indicator;

delete from cijfer c using eigen_geheel h
where c.gebied = h.gebied and c.indicator = h.indicator and c.jaar = h.jaar and c.wijze <> 'opgegeven';

drop table eigen_geheel;

drop table eigen_jaar;

drop table eigen_inwoners;

drop table eigen_cel;

drop table eigen_klein;

drop table privacy_groep;

drop table privacy_totaal;

drop table eigen_bruikbaar;

drop table eigen_factor;

drop table eigen_nieuw;
