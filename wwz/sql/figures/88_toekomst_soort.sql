-- Wat voor soort buurt het is, voor de toekomst: aan welke tekenen dat te zien is, en wat de gemeente zelf zei.
-- De soorten en hun grenzen staan in knowledge/buurtsoorten.toml.

-- De tekenen van elke buurt: een deel (0 tot 1), uit het nieuwste jaar waarin het bekend is. Leeg is onbekend.
create table toekomst_teken as
with leeftijd as (
    select gebied, jaar, band, mensen / nullif(sum(mensen) over (partition by gebied, jaar), 0) as deel, oud
    from leeftijd_gebied
    join leeftijd_band using (band)
    qualify dense_rank() over (partition by gebied order by jaar desc) = 1
),

-- Beide tellingen van hetzelfde jaar.
huishouden as (
    select gebied, arg_max(deel, jaar) as alleen, max(jaar) as jaar
    from (
        select
            gebied, jaar, coalesce(
                max(waarde) filter (variabele = 'pct_eenpersoons') / 100,
                max(waarde) filter (variabele = 'eenpersoons')
                    / nullif(max(waarde) filter (variabele = 'huishoudens'), 0)
            ) as deel
        from variabele_gebied
        where variabele in ('eenpersoons', 'huishoudens', 'pct_eenpersoons')
        group by gebied, jaar
    )
    where deel is not null
    group by gebied
),

-- Hoe hard een buurt groeide, van het eerste naar het laatste jaar waarin haar inwoners bekend zijn.
groei as (
    select
        gebied, max(jaar) as jaar,
        power(arg_max(waarde, jaar) / arg_min(waarde, jaar), 1 / (max(jaar) - min(jaar))) - 1 as groei
    from variabele_gebied
    where variabele = 'inwoners' and waarde > 0
    group by gebied
    having max(jaar) - min(jaar) >= (select groei_jaren_minstens from toekomst_soort_regel)
),

alles as (
    select gebied, 'leeftijd_' || case when oud then '65plus' else band end as kenmerk, sum(deel) as waarde, jaar
    from leeftijd
    group by gebied, kenmerk, jaar
    union all
    select gebied, 'alleen', least(alleen, 1), jaar from huishouden
    union all
    select h.gebied, 'buiten_huishouden', h.instelling_onder, b.jaar
    from huishouden_nu h
    join (select gebied, max(leeftijd_jaar) as jaar from bevolking_nu group by gebied) b using (gebied)
    where h.instelling_onder is not null
    union all
    select gebied, 'groei', groei, jaar from groei
    union all
    select gebied, 'bouwjaar_2000', waarde / 100, jaar from nieuwste_van(['pct_bouwjaar_vanaf_2000'])
)

select a.gebied, a.kenmerk, a.waarde, a.jaar
from alles a
join gebied g on g.code = a.gebied and g.kleinste
where a.kenmerk in (select kenmerk from toekomst_soort_teken);

-- De eerste soort die past. Wat de gemeente zelf zei, gaat voor.
create table toekomst_soort as
with bewoond as (
    select gebied, sum(mensen) as inwoners
    from (select * from leeftijd_gebied qualify dense_rank() over (partition by gebied order by jaar desc) = 1)
    group by gebied
),

past as (
    select t.gebied, s.rang, s.soort
    from toekomst_teken t
    join toekomst_soort_teken s using (kenmerk)
    group by t.gebied, s.rang, s.soort, s.nodig_samen
    having bool_and(t.waarde >= coalesce(s.van, t.waarde) and t.waarde <= coalesce(s.tot, t.waarde))
        and count(*) filter (s.nodig) = s.nodig_samen
),

gevonden as (
    select b.gebied, coalesce(arg_min(p.soort, p.rang), 'gewoon') as soort
    from bewoond b
    left join past p on p.gebied = b.gebied and b.inwoners >= (select inwoners_minstens from toekomst_soort_regel)
    group by b.gebied
)

select
    g.gebied, coalesce(e.soort, g.soort) as soort, g.soort as gevonden, e.soort is not null as opgegeven, e.wie,
    e.waarom, e.wanneer
from gevonden g
left join soort_lezing e using (gebied);

-- Hoeveel woningen er nu zijn, en hoe wij dat weten: geteld, anders de huishoudens, anders naar het aantal inwoners.
create table toekomst_woning as
select
    s.gebied, coalesce(w.woningen, h.waarde, i.inwoners / r.mensen_per_woning) as woningen,
    case when w.woningen is not null then 'woningen' when h.waarde is not null then 'huishoudens' else 'inwoners' end
        as telling
from toekomst_soort s
cross join toekomst_soort_regel r
left join woningen_nu w using (gebied)
left join (select gebied, waarde from nieuwste_van(['huishoudens']) where waarde > 0) h using (gebied)
left join inwoners_nu i using (gebied);

-- Bouwplannen van de gemeente (naast de database bewaard), van de buurten die er zijn.
create table bouwplan as
select p.* from plan_lezing p join gebied g on g.code = p.gebied and g.kleinste;
