-- Bereik als cijfer: welk deel van de inwoners en van de 65-plussers een voorziening binnen zo veel meter over straat
-- heeft, en binnen welke afstand de helft woont.

-- Hoeveel mensen er in een buurt wonen, per groep, in het nieuwste jaar.
create table bereik_mensen as
select
    v.gebied as buurt, case v.variabele when 'inwoners' then 'inwoners' else '65plus' end as groep, v.jaar,
    v.waarde as mensen
from nieuwste_van(['inwoners', 'leeftijd_65plus']) v
join gebied g on g.code = v.gebied and g.kleinste;

-- De gemiddelde afstand volgens de punten naast die van het CBS, per gemeente, waar het CBS er een geeft.
create table bereik_getoetst as
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

select p.gemeente, p.bereik, p.km_punten, c.km_cbs
from gemeten p
join cbs c on c.gemeente = p.gemeente and c.bereik = p.bereik;

-- Van soorten waarvan het CBS geen afstand geeft: hoeveel keer dichterbij de dichtstbijzijnde kan zijn dan de punten
-- zeggen, per gemeente (factor), naar de soort uit hetzelfde bestand die het meest achterblijft (achter; 1: die is
-- volledig). Ook een lijst die naast het CBS volledig lijkt, mist plekken van soorten die niemand nakijkt.
create table bereik_volledigheid as
with lijst as (
    select distinct b.code as bereik, p.bestand
    from punt p
    join (select distinct code, voorzieningen from bereik) b
        on list_contains(string_split(b.voorzieningen, '|'), p.soort)
)

select
    t.gemeente, l.bereik, greatest(1, max(t.km_punten / (t.km_cbs * (1 + r.toets_marge) + r.toets_km))) as achter,
    greatest(max(r.toets_minstens), achter) as factor
from bereik_getoetst t
join lijst g on g.bereik = t.bereik
join lijst l on l.bestand = g.bestand
cross join afstandregel r
where t.bereik in (select bereik from bereik_gemiddelde where toets)
    and l.bereik not in (select bereik from bereik_gemiddelde)
group by t.gemeente, l.bereik;

-- Welk deel er een dichtbij heeft, als zij zo veel dichterbij zijn.
create table dichterbij as
select v.buurt, v.bereik, v.groep, m.meter, sum(v.deel) filter (v.klasse / f.factor <= m.meter) as binnen
from bereik_verdeling v
join gebied g on g.code = v.buurt
join bereik_volledigheid f on f.gemeente = g.gemeente and f.bereik = v.bereik and f.factor > 1
join bereik m on m.code = v.bereik
where v.kant = 'laag'
group by v.buurt, v.bereik, v.groep, m.meter;

-- Marge: een grotere of kleinere omweg, niet precies weten waar mensen wonen, wat er net buiten het gebied kan zijn, en
-- welke punten er kunnen ontbreken.
create table bereik_marge as
select
    b.*, greatest(0, least(b.binnen_weinig, b.binnen - w.marge)) as binnen_onder,
    least(1, b.rand + greatest(b.binnen_veel, b.binnen + w.marge, coalesce(d.binnen, 0))) as binnen_boven
from bereik_groep b
join woonplaats w on w.code = b.herkomst
left join dichterbij d
    on d.buurt = b.buurt and d.bereik = b.bereik and d.groep = b.groep and d.meter = b.meter;
