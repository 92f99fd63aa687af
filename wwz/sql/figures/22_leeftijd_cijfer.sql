-- Inwoners van 75 en van 85 jaar en ouder, als cijfer voor elk gebied. Van een groter gebied is de fout kleiner dan
-- van zijn buurten: een deel ervan is per buurt anders, en wat geteld is valt weg. Wat een gemeente aan inwoners van
-- die leeftijd telt, is gepubliceerd.

create table leeftijd_onderwerp as
select 'leeftijd_75plus' as indicator, b.band, r.jongste as foutband
from leeftijd_band b
cross join leeftijd_regel r
where b.vanaf_75
union all
select 'leeftijd_85plus', r.oudste, r.oudste from leeftijd_regel r;

insert into cijfer
with buurt as (
    select
        l.gebied, l.jaar, sum(l.mensen) filter (k.oud) as ouderen, sum(l.mensen) as inwoners,
        sum(l.mensen) filter (k.vanaf_75) as vanaf_75, sum(l.mensen) filter (l.band = r.oudste) as vanaf_85
    from leeftijd_gebied l
    join leeftijd_band k using (band)
    cross join leeftijd_regel r
    group by l.gebied, l.jaar
),

lid as (
    select code as gebied, code as buurt from gebied where kleinste
    union all
    select b.gebied, b.buurt from gebied_buurt b join gebied g on g.code = b.gebied and not g.kleinste
),

jaar as (select distinct jaar from buurt),

samen as (
    select
        l.gebied, j.jaar, o.indicator, o.foutband,
        coalesce(sum(w.inwoners) filter (b.gebied is not null), 0) / nullif(sum(w.inwoners), 0) as dekking,
        sum(case o.indicator when 'leeftijd_75plus' then b.vanaf_75 else b.vanaf_85 end::decimal(24, 9))::double
            as teller,
        sum(b.ouderen::decimal(24, 9))::double as ouderen, sum(b.inwoners::decimal(24, 9))::double as noemer,
        -- Wat van de fout alle buurten samen hebben, blijft; de rest middelt uit.
        max(f.vast) as vast, max(f.per_mens) as per_mens,
        sum((z.open * b.ouderen)::decimal(24, 9))::double / nullif(sum(b.ouderen::decimal(24, 9))::double, 0) as open
    from lid l
    cross join jaar j
    cross join (select distinct indicator, foutband from leeftijd_onderwerp) o
    left join inwoners_nu w on w.gebied = l.buurt
    left join buurt b on b.gebied = l.buurt and b.jaar = j.jaar
    left join leeftijd_zeker z on z.gebied = b.gebied and z.jaar = b.jaar and z.band = o.foutband
    left join leeftijd_fout f on f.trede = z.trede and f.bekend = z.bekend and f.wat = z.band
    group by l.gebied, j.jaar, o.indicator, o.foutband
),

met_fout as (
    select
        s.*, s.teller / nullif(s.ouderen, 0) as deel,
        leeftijdsfout(s.vast, s.per_mens, s.ouderen, s.open) as fout
    from samen s
    where s.dekking >= (select dekking_minimaal from regel) and s.noemer > 0 and s.teller is not null
),

grens as (
    select
        *,
        case when deel > 0 and deel < 1 then ouderen * expit(logit(deel) - fout) else teller end as onder,
        case when deel > 0 and deel < 1 then ouderen * expit(logit(deel) + fout) else teller end as boven
    from met_fout
),

geteld as (
    select
        t.sleutel as gebied, t.jaar, o.indicator, sum(t.mensen) as teller
    from leeftijd_telling t
    join leeftijd_oud v on v.groep = t.groep and v.jaar = t.jaar
    join leeftijd_onderwerp o on o.band = v.band
    where t.rand = 'gemeente'
    group by t.sleutel, t.jaar, o.indicator
)

select
    g.gebied, g.indicator, g.jaar, coalesce(t.teller, round(g.teller, 6)) as teller,
    coalesce(v.waarde, round(g.noemer, 6)) as noemer,
    i.per * coalesce(t.teller, round(g.teller, 6)) / coalesce(v.waarde, round(g.noemer, 6)) as waarde,
    coalesce(i.per * t.teller / v.waarde, round(i.per * g.onder / g.noemer, 6)) as onder,
    coalesce(i.per * t.teller / v.waarde, round(i.per * g.boven / g.noemer, 6)) as boven,
    case when t.teller is null then 'recept' else 'afronding' end as marge_uit,
    case when t.teller is null then 'geschat' else 'gepubliceerd' end as soort,
    case when t.teller is null then 'schatting' else 'leeftijd' end as bron,
    case when t.teller is null then 'leeftijd' else 'berekend' end as wijze,
    g.jaar as noemer_jaar, g.dekking, t.teller is not null as geteld
from grens g
join indicator i on i.code = g.indicator
left join geteld t on t.gebied = g.gebied and t.jaar = g.jaar and t.indicator = g.indicator
left join variabele_gebied v on v.gebied = t.gebied and v.jaar = t.jaar and v.variabele = 'inwoners';
