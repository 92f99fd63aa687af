-- De omvang van de twaalf doelgroepen per buurt, naar het recept in knowledge/model/doelgroepen.toml: een vast deel van
-- een laag, of een landelijk totaal verdeeld naar leeftijd; daarna gekanteld naar de lagen van de buurt. Het totaal is
-- van alle leeftijden; wie te jong is om zelf thuis te wonen (telt is onwaar) en wie in een instelling woont, gaat
-- eraf.

create table doelgroep_basis as
with inwoners as (
    select gebied, jaar, leeftijd_jaar, round(sum(mensen), 6) as inwoners
    from bevolking_nu
    group by gebied, jaar, leeftijd_jaar
),

-- Zo veel keer de verhouding tussen de banden geeft landelijk het totaal.
ijking as (
    select
        b.doelgroep, r.totaal / (sum(b.aandeel * l.deel) * d.inwoners_land) as factor,
        r.totaal * sum(b.aandeel * l.deel * (1 - i.aandeel)) filter (b.telt) / sum(b.aandeel * l.deel) as totaal
    from doelgroep_band b
    join doelgroep_recept r using (doelgroep)
    join leeftijd_land l on l.band = b.band and l.jaar = (select max(jaar) from leeftijd_land)
    join instelling_land i on i.band = b.band
    cross join doelgroep_regel d
    group by b.doelgroep, r.totaal, d.inwoners_land
),

-- thuis: wie er van een leeftijd thuis woont. Een landelijk totaal is ook van mensen in een instelling: die gaan eraf.
wie as (
    select l.*, k.oud, l.mensen * t.thuis as thuis
    from bevolking_nu l
    join leeftijd_band k using (band)
    join thuis_nu t using (gebied, band)
),

-- Welk deel van wie 15 tot 25 jaar is geen student is; leeg waar geen studenten wonen. Bij sommige doelgroepen hoort
-- geen student.
studentenbuurt as (
    select
        b.gebied, d.studenten_gewoon * sum(b.mensen) / sum(b.mensen) filter (b.band = '15_25') as gewoon
    from bevolking_nu b
    cross join doelgroep_regel d
    group by b.gebied, d.studenten_gewoon, d.studenten_vanaf
    having sum(b.mensen) filter (b.band = '15_25') >= d.studenten_vanaf * sum(b.mensen)
),

-- splitsing: welk deel het ernaast kan zitten doordat 65+ is gesplitst.
naar_leeftijd as (
    select
        n.gebied, b.doelgroep,
        vaste_som(
            n.thuis * b.aandeel * y.factor
            * case when n.band = '15_25' and not r.studenten then coalesce(s.gewoon, 1) else 1 end
        ) as som,
        list(n.mensen order by n.band) filter (n.oud) as ouderen,
        list(n.thuis * b.aandeel * y.factor order by n.band) filter (n.oud) as tellers,
        list(n.fout order by n.band) filter (n.oud) as fouten,
        coalesce(splitsfout(ouderen, tellers, fouten) / nullif(som, 0), 0) as splitsing
    from wie n
    join doelgroep_band b on b.band = n.band and b.telt
    join ijking y using (doelgroep)
    join doelgroep_recept r using (doelgroep)
    left join studentenbuurt s on s.gebied = n.gebied
    group by n.gebied, b.doelgroep
),

naar_laag as (
    select
        l.gebied, r.doelgroep,
        r.deel * l.aandeel * l.noemer * case when a.thuis then 1 else coalesce(l.thuis_keer, 1) end as mensen,
        coalesce(l.splitsing / nullif(l.teller, 0), 0) as splitsing
    from laag_som l
    join doelgroep_recept r on r.deel_van = l.indicator
    join laag_recept a on a.indicator = l.indicator
),

kantel as (
    select
        a.gebied, k.doelgroep,
        vaste_som(
            k.gewicht * case when s.gebied is null or r.studenten then a.afwijking else least(0, a.afwijking) end
        ) as schuif,
        vaste_som((k.gewicht * a.half) ** 2) as kwadraat
    from laag_afwijking a
    join doelgroep_kantel k on k.laag = a.indicator
    join doelgroep_recept r on r.doelgroep = k.doelgroep
    left join studentenbuurt s on s.gebied = a.gebied
    group by a.gebied, k.doelgroep
)

select
    i.gebied, i.jaar, i.leeftijd_jaar, i.inwoners, r.doelgroep, r.indicator, coalesce(y.totaal, 0) as totaal,
    coalesce(n.som, l.mensen, 0) as recht,
    recht * exp(greatest(-d.hooguit, least(d.hooguit, coalesce(k.schuif, 0)))) as mensen,
    sqrt(ln(1 + r.marge) ** 2 + coalesce(k.kwadraat, 0) + coalesce(n.splitsing, l.splitsing, 0) ** 2) as half
from inwoners i
cross join doelgroep_recept r
cross join doelgroep_regel d
left join ijking y on y.doelgroep = r.doelgroep
left join naar_leeftijd n on n.gebied = i.gebied and n.doelgroep = r.doelgroep
left join naar_laag l on l.gebied = i.gebied and l.doelgroep = r.doelgroep
left join kantel k on k.gebied = i.gebied and k.doelgroep = r.doelgroep
where i.inwoners > 0;

create table doelgroep_geschat as
with schaal as (
    select
        doelgroep,
        case when exists (select 1 from gebied where niveau = 'land')
            then case when totaal > 0 then totaal else list_sum(list(recht order by gebied)) end
                / list_sum(list(mensen order by gebied))
            else 1 end as factor
    from doelgroep_basis
    group by doelgroep, totaal
)

select b.* exclude (mensen), least(r.aandeel_hooguit * b.inwoners, b.mensen * s.factor) as mensen
from doelgroep_basis b
join schaal s using (doelgroep)
cross join regel r;

insert into cijfer
select
    d.gebied, d.indicator, d.jaar, round(d.mensen, 6) as teller, d.inwoners as noemer,
    round(i.per * d.mensen / d.inwoners, 6) as waarde,
    round(i.per * d.mensen / d.inwoners * exp(-d.half), 6) as onder,
    round(bovengrens(i.regel, i.per, i.per * d.mensen / d.inwoners * exp(d.half)), 6) as boven,
    'recept' as marge_uit, 'geschat' as soort, 'schatting' as bron, 'doelgroep' as wijze,
    d.leeftijd_jaar as noemer_jaar,
    1.0::double as dekking, false as geteld
from doelgroep_geschat d
join indicator i on i.code = d.indicator;
