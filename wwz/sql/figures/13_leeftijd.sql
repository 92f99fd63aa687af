-- Inwoners per leeftijdsband, voor elke bewoonde buurt en elk jaar: zeven banden die optellen tot de inwoners.
-- 1. Wat de bron geeft (aantal of percentage) blijft; bestanden van later jaren geven soms alleen 0-15 en 65+.
-- 2. De rest van de inwoners gaat naar de ontbrekende banden, naar de verdeling van dezelfde buurt in een ander jaar,
--    anders die van de gemeente, anders die van het land.
-- 3. 65+ wordt gesplitst in 17_leeftijd_splitsing.sql.

create table leeftijd_bron as
with breed as (
    pivot (
        select v.gebied, v.jaar, v.variabele, v.waarde
        from variabele_gebied v
        join gebied g on g.code = v.gebied and g.kleinste
    )
    on variabele in ('inwoners', 'leeftijd_65_80', 'leeftijd_80plus')
    using max(waarde)
    group by gebied, jaar
)

select
    gebied, jaar, inwoners, leeftijd_65_80 as van_65_tot_80, leeftijd_80plus as vanaf_80
from breed
where inwoners > 0;

-- De grove banden: die van de meeste bestanden, met 65+ bij elkaar.
create view leeftijd_grof_band as
select grof as band, min(rang) as rang, bool_or(oud) as oud from leeftijd_band group by grof;

-- Wat de bron van elke grove band geeft; leeg is onbekend. 65+ kan ook de som van 65-80 en 80+ zijn.
create table leeftijd_bekend as
select
    l.gebied, l.jaar, b.band, b.rang,
    aantal_of_deel(
        coalesce(a.waarde, case when b.oud then l.van_65_tot_80 + l.vanaf_80 end), p.waarde, l.inwoners
    ) as mensen
from leeftijd_bron l
cross join leeftijd_grof_band b
left join variabele_gebied a
    on a.gebied = l.gebied and a.jaar = l.jaar and a.variabele = 'leeftijd_' || b.band
        and a.waarde is not null
left join variabele_gebied p on p.gebied = l.gebied and p.jaar = l.jaar and p.variabele = 'pct_' || b.band;

-- Hoe de inwoners over de grove banden verdeeld zijn, waar dat volledig bekend is. rang: eerst de buurt zelf.
create table leeftijd_vorm as
with volledig as (
    select
        gebied, jaar, list(band order by rang) as banden, list(mensen order by rang) as bekend,
        list_sum(bekend) as som
    from leeftijd_bekend
    group by gebied, jaar
    having count(mensen) = count(*) and som > 0
),

los as (
    select v.gebied, g.gemeente, v.jaar, v.som, unnest(v.banden) as band, unnest(v.bekend) as mensen
    from volledig v
    join gebied g on g.code = v.gebied
)

select 0 as rang, gebied, jaar, band, mensen / som as deel from los
union all
select 1, gemeente, jaar, band, sum(mensen) / sum(som) from los group by gemeente, jaar, band
union all
select 2, 'NL00', 0, b.grof, sum(l.deel)
from leeftijd_land l
join leeftijd_band b using (band)
where l.jaar = (select max(jaar) from leeftijd_land)
group by b.grof;

-- De grove banden van elke buurt: bekend, of het deel van de rest.
create table leeftijd_grof as
with vorm as (
    select l.gebied, l.jaar, l.inwoners, v.rang as vorm_rang, v.gebied as vorm_gebied, v.jaar as vorm_jaar
    from leeftijd_bron l
    join gebied g on g.code = l.gebied
    cross join lateral (values (0, l.gebied), (1, g.gemeente), (2, 'NL00')) w(rang, gebied)
    join (select distinct rang, gebied, jaar from leeftijd_vorm) v on v.rang = w.rang and v.gebied = w.gebied
    qualify row_number() over (partition by l.gebied, l.jaar order by v.rang, abs(v.jaar - l.jaar), v.jaar) = 1
),

-- rest: wie nog niet in een band zit; open: hoe groot de banden zijn waarvan de bron niets zegt.
rest as (
    select
        w.gebied, w.jaar, b.band, b.rang, w.inwoners, b.mensen as bekend, v.deel,
        greatest(0, w.inwoners - coalesce(sum(b.mensen) over alle, 0)) as rest,
        sum(case when b.mensen is null then v.deel else 0 end) over alle as open
    from vorm w
    join leeftijd_bekend b on b.gebied = w.gebied and b.jaar = w.jaar
    join leeftijd_vorm v
        on v.rang = w.vorm_rang and v.gebied = w.vorm_gebied and v.jaar = w.vorm_jaar and v.band = b.band
    window alle as (
        partition by w.gebied, w.jaar order by b.rang rows between unbounded preceding and unbounded following
    )
),

gevuld as (
    select
        gebied, jaar, band, rang, inwoners, bekend is not null as bekend,
        coalesce(bekend, rest * deel / nullif(open, 0), 0) as mensen
    from rest
)

-- Door het afronden tellen de banden niet precies op; samen zijn ze altijd de inwoners.
select
    gebied, jaar, band, mensen * inwoners / sum(mensen) over alle as mensen,
    case when bekend then 'gepubliceerd' else 'geschat' end as soort
from gevuld
window alle as (partition by gebied, jaar order by rang rows between unbounded preceding and unbounded following)
qualify sum(mensen) over alle > 0;
