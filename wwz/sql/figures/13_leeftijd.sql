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
    on variabele in ('inwoners', 'verweduwd', 'pct_verweduwd', 'leeftijd_65_80', 'leeftijd_80plus')
    using max(waarde)
    group by gebied, jaar
)

select
    gebied, jaar, inwoners, leeftijd_65_80 as van_65_tot_80, leeftijd_80plus as vanaf_80,
    aantal_of_deel(verweduwd, pct_verweduwd, inwoners) as verweduwd
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
    join (select distinct rang, gebied, jaar from leeftijd_vorm) v on v.gebied in (l.gebied, g.gemeente, 'NL00')
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
    n.jaar, e.groep, e.band, e.deel, (e.leeftijd - min(e.leeftijd) over w) / r.kanteling_jaren as afstand,
    e.verweduwd,
    e.aandeel + case when n.later > n.eerder then (n.jaar - n.eerder) / (n.later - n.eerder) else 0 end
        * (l.aandeel - e.aandeel) as landelijk,
    landelijk as basis
from naast n
join leeftijd_land_oud e on e.jaar = n.eerder
join leeftijd_land_oud l on l.jaar = n.later and l.groep = e.groep
cross join leeftijd_regel r
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
