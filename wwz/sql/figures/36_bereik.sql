-- Bereik als cijfer: welk deel van de inwoners en van de 65-plussers een voorziening binnen zo veel meter over straat
-- heeft, en binnen welke afstand de helft woont.

-- Marge: een grotere of kleinere omweg, niet precies weten waar mensen wonen, en wat er net buiten het gebied kan zijn.
create table bereik_marge as
select
    b.*, greatest(0, least(b.binnen_weinig, b.binnen - w.marge)) as binnen_onder,
    least(1, b.rand + greatest(b.binnen_veel, b.binnen + w.marge)) as binnen_boven
from bereik_groep b
join woonplaats w on w.code = b.herkomst;

-- Hoeveel mensen er in een buurt wonen, per groep, in het nieuwste jaar.
create table bereik_mensen as
select
    v.gebied as buurt, case v.variabele when 'inwoners' then 'inwoners' else '65plus' end as groep, v.jaar,
    v.waarde as mensen
from nieuwste_van(['inwoners', 'leeftijd_65plus']) v
join gebied g on g.code = v.gebied and g.kleinste;

create macro bereik_groepcode(groep) as case groep when '65plus' then '_65' else '' end;

insert into cijfer
select
    b.buurt as gebied, i.code as indicator, n.jaar, b.binnen * n.mensen as teller, n.mensen as noemer,
    i.per * b.binnen as waarde,
    i.per * b.binnen_onder as onder, i.per * b.binnen_boven as boven, 'berekend' as marge_uit,
    'geschat' as soort, 'punten' as bron, b.herkomst || case when b.netwerk > 0.5 then '_netwerk' else '' end as wijze,
    n.jaar as noemer_jaar, 1.0 as dekking, false as geteld
from bereik_marge b
join indicator i on i.code = 'bereik_' || b.bereik || '_' || b.meter || bereik_groepcode(b.groep)
join bereik_mensen n on n.buurt = b.buurt and n.groep = b.groep and n.mensen > 0;

-- De mediaan over een verzameling buurten is niet uit die van de buurten te rekenen: wel uit hun verdelingen.
-- buurten: codes (gebied heet dan samen), of een lege lijst voor alle gebieden. speling: niet precies weten waar mensen
-- wonen schuift de helft wat op. Leeg als te weinig bekend is, of als de helft er niet kan komen.
create macro bereik_mediaan(buurten) as table
with leden as (
    select gebied, buurt from gebied_buurt where len(buurten) = 0
    union all
    select 'samen', unnest(buurten)
),

gemeten as (
    select distinct b.buurt, b.bereik, b.groep, b.herkomst, b.netwerk, w.marge
    from bereik_groep b
    join woonplaats w on w.code = b.herkomst
),

lid as (
    select l.gebied, l.buurt, g.bereik, g.groep, n.mensen, n.jaar, g.marge, g.herkomst, g.netwerk
    from leden l
    join gemeten g on g.buurt = l.buurt
    join bereik_mensen n on n.buurt = l.buurt and n.groep = g.groep and n.mensen > 0
),

iedereen as (
    select l.gebied, n.groep, sum(n.mensen) as mensen
    from leden l
    join bereik_mensen n on n.buurt = l.buurt
    group by l.gebied, n.groep
),

totaal as (
    select
        l.gebied, l.bereik, l.groep, sum(l.mensen) as mensen, sum(l.mensen * l.marge) / sum(l.mensen) as speling,
        max(l.jaar) as jaar,
        case when count(distinct l.herkomst) = 1 then any_value(l.herkomst) else 'opgeteld' end as herkomst,
        sum(l.mensen * l.netwerk) / sum(l.mensen) as netwerk, sum(l.mensen) / any_value(i.mensen) as dekking
    from lid l
    join iedereen i on i.gebied = l.gebied and i.groep = l.groep
    group by l.gebied, l.bereik, l.groep
),

-- Per klasse hoeveel mensen er wonen, naar elke kant.
aantal as (
    select
        l.gebied, l.bereik, l.groep, k.klasse,
        sum(case l.groep when '65plus' then k.midden_65 else k.midden end / g.totaal * l.mensen) as midden,
        sum(case l.groep when '65plus' then k.laag_65 else k.laag end / g.totaal * l.mensen) as laag,
        sum(case l.groep when '65plus' then k.hoog_65 else k.hoog end / g.totaal * l.mensen) as hoog
    from lid l
    join buurt_omweg o on o.buurt = l.buurt
    join bereik_gewicht g on g.nr = o.nr and g.bereik = l.bereik and g.groep = l.groep
    join bereik_klasse k on k.nr = o.nr and k.bereik = l.bereik
    group by l.gebied, l.bereik, l.groep, k.klasse
),

klasse as (
    select
        gebied, bereik, groep, kant, klasse,
        sum(mensen) over (partition by gebied, bereik, groep, kant order by klasse nulls last) as tot
    from (unpivot aantal on midden, laag, hoog into name kant value mensen)
    where mensen > 0
)

select
    t.gebied, t.bereik, t.groep, t.jaar, t.mensen, t.herkomst, t.netwerk, t.dekking,
    arg_min(k.klasse, k.tot) filter (k.kant = 'midden' and k.tot >= (0.5 - 1e-9) * t.mensen) as waarde,
    arg_min(k.klasse, k.tot) filter (k.kant = 'laag' and k.tot >= (0.5 - t.speling - 1e-9) * t.mensen) as onder,
    arg_min(k.klasse, k.tot) filter (k.kant = 'hoog' and k.tot >= (0.5 + t.speling - 1e-9) * t.mensen) as boven
from totaal t
join klasse k on k.gebied = t.gebied and k.bereik = t.bereik and k.groep = t.groep
where t.dekking >= (select dekking_minimaal from regel)
group by t.gebied, t.bereik, t.groep, t.jaar, t.mensen, t.herkomst, t.netwerk, t.dekking
having waarde is not null;

insert into cijfer
select
    m.gebied, i.code as indicator, m.jaar, null as teller, m.mensen as noemer, m.waarde, m.onder, m.boven,
    'berekend' as marge_uit,
    'geschat' as soort, 'punten' as bron,
    m.herkomst || case when m.herkomst <> 'opgeteld' and m.netwerk > 0.5 then '_netwerk' else '' end as wijze,
    m.jaar as noemer_jaar, m.dekking, false as geteld
from bereik_mediaan([]) m
join indicator i on i.code = 'bereik_' || m.bereik || '_mediaan' || bereik_groepcode(m.groep);

-- Een lijst met punten die duidelijk niet volledig is: volgens het CBS woont men gemiddeld veel dichter bij de
-- dichtstbijzijnde.
create table bereik_onvolledig as
with gemeten as (
    select g.gemeente, v.bereik, sum(n.mensen * v.deel * v.klasse) / sum(n.mensen * v.deel) / in_meter(1) as km_punten
    from bereik_verdeling v
    join bereik_mensen n on n.buurt = v.buurt and n.groep = v.groep and n.groep = 'inwoners'
    join gebied g on g.code = v.buurt
    where v.kant = 'midden' and v.klasse is not null
    group by g.gemeente, v.bereik
),

cbs as (
    select g.gemeente, d.bereik, sum(n.mensen * d.km) / sum(n.mensen) as km_cbs
    from (
        -- Tellen twee soorten voor hetzelfde, dan is het de dichtstbijzijnde.
        select m.bereik, c.gebied as buurt, min(c.waarde) as km
        from bereik_gemiddelde m
        join cijfer c on c.indicator = m.indicator
        group by m.bereik, c.gebied, c.jaar
        qualify row_number() over (partition by m.bereik, c.gebied order by c.jaar desc) = 1
    ) d
    join gebied g on g.code = d.buurt and g.kleinste
    join bereik_mensen n on n.buurt = d.buurt and n.groep = 'inwoners' and n.mensen > 0
    group by g.gemeente, d.bereik
)

select p.gemeente, g.naam, p.bereik, b.titel, p.km_punten, c.km_cbs
from gemeten p
join cbs c on c.gemeente = p.gemeente and c.bereik = p.bereik
join gebied g on g.code = p.gemeente
join (select distinct code, titel from bereik) b on b.code = p.bereik
cross join afstandregel r
where p.km_punten > r.onvolledig_factor * c.km_cbs + r.onvolledig_km;

insert into melding
select
    'punten', 'let_op',
    naam || ': de lijst met punten voor ' || titel
        || ' lijkt niet volledig. Volgens de punten is de gemiddelde afstand '
        || replace(round(km_punten, 1)::varchar, '.', ',') || ' km, volgens het CBS '
            || replace(round(km_cbs, 1)::varchar, '.', ',') || ' km. Vul de lijst aan.',
    1
from bereik_onvolledig
order by naam, titel;

-- Wie een voorziening mist, per groep, uit lijsten die volledig genoeg zijn om over een randvoorwaarde te beslissen.
create table bereik_deel as
select b.* exclude (binnen_onder, binnen_boven), 1 - b.binnen_boven as zonder_onder, 1 - b.binnen_onder as zonder_boven
from bereik_marge b
join gebied g on g.code = b.buurt
anti join bereik_onvolledig o on o.gemeente = g.gemeente and o.bereik = b.bereik;
