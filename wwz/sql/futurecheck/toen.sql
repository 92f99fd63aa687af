-- Elke buurt zoals zij elk jaar was: haar mensen per groep van vijf jaar (een lijst van 20), en wat voor soort buurt
-- zij toen was. Groei en bouwjaren tellen daar niet bij: die zijn van later.

with vorm as (
    select groep, band, deel / sum(deel) over (partition by band) as deel
    from leeftijd_land
    where jaar = (select min(jaar) from leeftijd_land)
),

leeftijd as (
    select
        gebied, jaar, 'leeftijd_' || case when oud then '65plus' else band end as kenmerk,
        sum(mensen) / nullif(sum(sum(mensen)) over (partition by gebied, jaar), 0) as waarde
    from leeftijd_gebied
    join leeftijd_band using (band)
    group by gebied, jaar, kenmerk
),

teken as (
    select gebied, jaar, kenmerk, waarde from leeftijd
    union all
    select
        gebied, jaar, 'alleen', coalesce(
            max(waarde) filter (variabele = 'pct_eenpersoons') / 100,
            max(waarde) filter (variabele = 'eenpersoons')
                / nullif(max(waarde) filter (variabele = 'huishoudens'), 0)
        )
    from variabele_gebied
    group by gebied, jaar
    union all
    select h.gebied, j.jaar, 'buiten_huishouden', h.instelling_onder
    from huishouden_nu h
    cross join (select distinct jaar from leeftijd_gebied) j
),

past as (
    select t.gebied, t.jaar, s.rang, s.soort
    from teken t
    join toekomst_soort_teken s using (kenmerk)
    where t.waarde is not null
    group by t.gebied, t.jaar, s.rang, s.soort, s.nodig_samen
    having bool_and(t.waarde >= coalesce(s.van, t.waarde) and t.waarde <= coalesce(s.tot, t.waarde))
        and count(*) filter (s.nodig) = s.nodig_samen
),

soort as (
    select gebied, jaar, arg_min(soort, rang) as soort from past group by gebied, jaar
)

select
    l.gebied, l.jaar, g.wijk, g.gemeente, list(l.mensen * v.deel order by v.groep) as mensen,
    coalesce(max(s.soort), 'gewoon') as soort, coalesce(max(h.waarde), 0) as woningen
from leeftijd_gebied l
join vorm v on v.band = l.band
join gebied g on g.code = l.gebied
left join soort s on s.gebied = l.gebied and s.jaar = l.jaar
left join variabele_gebied h on h.gebied = l.gebied and h.jaar = l.jaar and h.variabele = 'huishoudens'
group by l.gebied, l.jaar, g.wijk, g.gemeente
order by l.gebied, l.jaar;
