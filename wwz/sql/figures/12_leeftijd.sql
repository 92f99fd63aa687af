-- Inwoners per leeftijdsband, voor elke bewoonde buurt en elk jaar: zeven banden die optellen tot de inwoners.
-- 1. Wat de bron geeft (aantal of percentage) blijft; bestanden van later jaren geven soms alleen 0-15 en 65+.
-- 2. De rest van de inwoners gaat naar de ontbrekende banden, naar de verdeling van dezelfde buurt in een ander jaar,
--    anders die van de gemeente, anders die van het land.
-- 3. 65+ wordt gesplitst naar de verdeling van het land, gekanteld met het aantal verweduwden per 65-plusser: meer
--    verweduwden is ouder. De kanteling is een verschuiving op de logit-schaal, dus altijd tussen 0 en alles, en
--    meer verweduwden geeft nooit minder oude ouderen. Staat het hele land in de gegevens, dan wordt de verdeling
--    geijkt: het totaal over alle buurten is dan weer dat van het land.

create table leeftijd_bron as
with breed as (
    pivot (
        select v.gebied, v.jaar, v.variabele, v.waarde
        from variabele_gebied v
        join gebied g on g.code = v.gebied and g.kleinste
    )
    on variabele in (
        'inwoners', 'verweduwd', 'pct_verweduwd', 'leeftijd_0_15', 'leeftijd_15_25', 'leeftijd_25_45', 'leeftijd_45_65',
        'leeftijd_65plus', 'leeftijd_65_80', 'leeftijd_80plus', 'pct_0_15', 'pct_15_25', 'pct_25_45', 'pct_45_65',
        'pct_65plus'
    )
    using first(waarde)
    group by gebied, jaar
)

select
    gebied, jaar, inwoners,
    coalesce(leeftijd_0_15, pct_0_15 * inwoners / 100) as b1,
    coalesce(leeftijd_15_25, pct_15_25 * inwoners / 100) as b2,
    coalesce(leeftijd_25_45, pct_25_45 * inwoners / 100) as b3,
    coalesce(leeftijd_45_65, pct_45_65 * inwoners / 100) as b4,
    coalesce(leeftijd_65plus, leeftijd_65_80 + leeftijd_80plus, pct_65plus * inwoners / 100) as b5,
    leeftijd_65_80 as van_65_tot_80, leeftijd_80plus as vanaf_80,
    coalesce(verweduwd, pct_verweduwd * inwoners / 100) as verweduwd
from breed
where inwoners > 0;

-- Hoe de inwoners over de vijf grove banden verdeeld zijn, waar dat volledig bekend is.
create table leeftijd_vorm as
with volledig as (
    select l.gebied, g.gemeente, l.jaar, b1, b2, b3, b4, b5, b1 + b2 + b3 + b4 + b5 as som
    from leeftijd_bron l
    join gebied g on g.code = l.gebied
    where b1 + b2 + b3 + b4 + b5 > 0
),

land as (
    select
        sum(deel) filter (band = '0_15') as b1, sum(deel) filter (band = '15_25') as b2,
        sum(deel) filter (band = '25_45') as b3, sum(deel) filter (band = '45_65') as b4,
        sum(deel) filter (band in ('65_75', '75_85', '85plus')) as b5
    from leeftijd_land
    where jaar = (select max(jaar) from leeftijd_land)
)

select 'buurt' as soort, gebied, jaar, b1 / som as b1, b2 / som as b2, b3 / som as b3, b4 / som as b4, b5 / som as b5
from volledig
union all
select
    'gemeente', gemeente, jaar, sum(b1) / sum(som), sum(b2) / sum(som), sum(b3) / sum(som), sum(b4) / sum(som),
    sum(b5) / sum(som)
from volledig
group by gemeente, jaar
union all
select 'land', 'NL00', 0, b1, b2, b3, b4, b5 from land;

-- De vijf grove banden van elke buurt: bekend, of het deel van de rest.
create table leeftijd_grof as
with vorm as (
    select l.*, v.b1 as v1, v.b2 as v2, v.b3 as v3, v.b4 as v4, v.b5 as v5
    from leeftijd_bron l
    join gebied g on g.code = l.gebied
    join leeftijd_vorm v on v.gebied in (l.gebied, g.gemeente, 'NL00')
    qualify row_number() over (
        partition by l.gebied, l.jaar
        order by case v.soort when 'buurt' then 1 when 'gemeente' then 2 else 3 end, abs(v.jaar - l.jaar), v.jaar
    ) = 1
),

rest as (
    select
        *,
        greatest(0, inwoners - coalesce(b1, 0) - coalesce(b2, 0) - coalesce(b3, 0) - coalesce(b4, 0) - coalesce(b5, 0))
            as over,
        case when b1 is null then v1 else 0 end + case when b2 is null then v2 else 0 end
            + case when b3 is null then v3 else 0 end + case when b4 is null then v4 else 0 end
            + case when b5 is null then v5 else 0 end as open
    from vorm
),

gevuld as (
    select
        r.gebied, r.jaar, r.inwoners, b.band, b.bekend is not null as bekend,
        coalesce(b.bekend, r.over * b.vorm / nullif(r.open, 0), 0) as mensen
    from rest r
    cross join lateral (
        values ('0_15', r.b1, r.v1), ('15_25', r.b2, r.v2), ('25_45', r.b3, r.v3), ('45_65', r.b4, r.v4),
        ('65plus', r.b5, r.v5)
    ) b(band, bekend, vorm)
)

-- Door het afronden tellen de banden niet precies op; samen zijn ze altijd de inwoners.
select
    gebied, jaar, band, mensen * inwoners / sum(mensen) over (partition by gebied, jaar) as mensen,
    case when bekend then 'gepubliceerd' else 'geschat' end as soort
from gevuld
qualify sum(mensen) over (partition by gebied, jaar) > 0;

-- De verdeling van 65+ in het land, per jaar: tussen twee bekende jaren een rechte lijn, daarbuiten het naaste jaar.
create table leeftijd_oud as
with jaar as (select distinct jaar from leeftijd_bron),

naast as (
    select
        j.jaar, coalesce(max(l.jaar) filter (l.jaar <= j.jaar), min(l.jaar)) as eerder,
        coalesce(min(l.jaar) filter (l.jaar >= j.jaar), max(l.jaar)) as later
    from jaar j
    cross join (select distinct jaar from leeftijd_land_oud) l
    group by j.jaar
)

select
    n.jaar, e.groep, e.band, e.deel, (e.leeftijd - first(e.leeftijd) over w) / 10 as afstand, e.verweduwd,
    e.aandeel + case when n.later > n.eerder then (n.jaar - n.eerder) / (n.later - n.eerder) else 0 end
        * (l.aandeel - e.aandeel) as landelijk,
    landelijk as basis
from naast n
join leeftijd_land_oud e on e.jaar = n.eerder
join leeftijd_land_oud l on l.jaar = n.later and l.groep = e.groep
window w as (partition by n.jaar order by e.leeftijd);

-- Hoe sterk een buurt naar oudere ouderen kantelt: het verschil in verweduwden, gedeeld door wat een kanteling geeft.
create table leeftijd_kanteling as
with helling as (
    select
        jaar,
        sum(landelijk * verweduwd * afstand) - sum(landelijk * afstand) * sum(landelijk * verweduwd) as per_kanteling
    from leeftijd_oud
    group by jaar
),

verweduwd as (
    select gebied, jaar, verweduwd
    from leeftijd_bron
    where verweduwd is not null
),

buurt as (
    select
        o.gebied, o.jaar, o.mensen as ouderen,
        (v.verweduwd - r.verweduwd_45_65 * coalesce(m.mensen, 0)) / nullif(w.mensen, 0) as per_oudere
    from leeftijd_grof o
    cross join leeftijd_regel r
    join verweduwd v on v.gebied = o.gebied
    join leeftijd_grof w on w.gebied = o.gebied and w.jaar = v.jaar and w.band = '65plus'
    left join leeftijd_grof m on m.gebied = o.gebied and m.jaar = v.jaar and m.band = '45_65'
    where o.band = '65plus'
    qualify row_number() over (partition by o.gebied, o.jaar order by abs(v.jaar - o.jaar), v.jaar) = 1
)

select
    b.gebied, b.jaar,
    minstens(hooguit(
        r.demping * (ondergrens(b.per_oudere) - r.verweduwd_land) / h.per_kanteling * b.ouderen
            / (b.ouderen + r.gewicht_mensen),
        r.kanteling_hooguit
    ), -r.kanteling_hooguit) as kanteling
from buurt b
cross join leeftijd_regel r
join helling h using (jaar);

-- De verdeling van 65+ per buurt bij de basis van dit moment.
create macro leeftijd_gesplitst() as table (
    with gekanteld as (
        select
            g.gebied, g.jaar, o.groep, o.band, o.deel, g.mensen as ouderen,
            o.basis * exp(coalesce(k.kanteling, 0) * o.afstand) as gewicht,
            -- Is van de twee delen er een geheim, dan is dat de rest van de 65-plussers.
            case o.deel
                when '65_80' then coalesce(b.van_65_tot_80, ondergrens(g.mensen - b.vanaf_80))
                else coalesce(b.vanaf_80, ondergrens(g.mensen - b.van_65_tot_80))
            end as bekend
        from leeftijd_grof g
        join leeftijd_oud o on o.jaar = g.jaar
        join leeftijd_bron b on b.gebied = g.gebied and b.jaar = g.jaar
        left join leeftijd_kanteling k on k.gebied = g.gebied and k.jaar = g.jaar
        where g.band = '65plus'
    ),

    deel as (
        select
            *, coalesce(
                case when max(bekend) over (partition by gebied, jaar) > 0 then bekend end,
                sum(gewicht) over (partition by gebied, jaar, deel)
            ) as deel_gewicht,
            gewicht / sum(gewicht) over (partition by gebied, jaar, deel) as in_deel
        from gekanteld
    )

    -- Geeft de bron 65-80 en 80+, dan wint die verdeling.
    select
        gebied, jaar, groep, band,
        ouderen * deel_gewicht * in_deel / sum(deel_gewicht * in_deel) over (partition by gebied, jaar) as mensen
    from deel
);

-- IJken op het land, als dat er helemaal in staat. Drie keer is genoeg: het verschil is dan kleiner dan 0,1%.
create macro leeftijd_ijking() as table (
    select s.jaar, s.groep, sum(s.mensen) / sum(sum(s.mensen)) over (partition by s.jaar) as nu
    from leeftijd_gesplitst() s
    where exists (select 1 from gebied where niveau = 'land')
    group by s.jaar, s.groep
);

update leeftijd_oud set basis = basis * landelijk / i.nu
from leeftijd_ijking() i where i.jaar = leeftijd_oud.jaar and i.groep = leeftijd_oud.groep and i.nu > 0;
update leeftijd_oud set basis = basis * landelijk / i.nu
from leeftijd_ijking() i where i.jaar = leeftijd_oud.jaar and i.groep = leeftijd_oud.groep and i.nu > 0;
update leeftijd_oud set basis = basis * landelijk / i.nu
from leeftijd_ijking() i where i.jaar = leeftijd_oud.jaar and i.groep = leeftijd_oud.groep and i.nu > 0;

create table leeftijd_gebied as
select gebied, jaar, band, mensen, soort from leeftijd_grof where band <> '65plus'
union all
select gebied, jaar, band, sum(mensen), 'geschat' from leeftijd_gesplitst() group by gebied, jaar, band
order by jaar, gebied, band;

-- Hoeveel een aantal ernaast kan zitten doordat 65+ is gesplitst. mensen: per band van 65+; tellers: hoeveel van hen
-- meetellen. Is de verhouding van een band tot de rest f te hoog, dan verandert het aantal met f x (teller - deel van
-- de band x alles): de andere banden zitten dan te laag. Drie banden zijn maar twee verschillen; daarom het laatste
-- deel.
create macro splitsfout(mensen, tellers) as coalesce((select fout from leeftijd_regel) * sqrt(list_sum(list_transform(
    range(1, len(mensen) + 1),
    lambda i: pow(tellers[i] - mensen[i] * list_sum(tellers) / nullif(list_sum(mensen), 0), 2)
)) * (len(mensen) - 1) / len(mensen)), 0);
