-- Binnen welke afstand de helft van de mensen een voorziening heeft.

create macro bereik_groepcode(groep) as case groep when '65plus' then '_65' else '' end;

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
        case when count(distinct l.herkomst) = 1 then max(l.herkomst) else 'opgeteld' end as herkomst,
        sum(l.mensen * l.netwerk) / sum(l.mensen) as netwerk, sum(l.mensen) / i.mensen as dekking
    from lid l
    join iedereen i on i.gebied = l.gebied and i.groep = l.groep
    group by l.gebied, l.bereik, l.groep, i.mensen
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

-- Tot en met elke klasse. Een klasse waarin aan die kant niemand woont, is niet waar de helft is.
klasse as (
    select *, sum(midden) over w as tot_midden, sum(laag) over w as tot_laag, sum(hoog) over w as tot_hoog
    from aantal
    window w as (partition by gebied, bereik, groep order by klasse nulls last)
)

select
    t.gebied, t.bereik, t.groep, t.jaar, t.mensen, t.herkomst, t.netwerk, t.dekking,
    arg_min(k.klasse, k.tot_midden) filter (k.midden > 0 and k.tot_midden >= (0.5 - 1e-9) * t.mensen) as waarde,
    arg_min(k.klasse, k.tot_laag) filter (k.laag > 0 and k.tot_laag >= (0.5 - t.speling - 1e-9) * t.mensen) as onder,
    arg_min(k.klasse, k.tot_hoog) filter (k.hoog > 0 and k.tot_hoog >= (0.5 + t.speling - 1e-9) * t.mensen) as boven
from totaal t
join klasse k on k.gebied = t.gebied and k.bereik = t.bereik and k.groep = t.groep
where t.dekking >= (select dekking_minimaal from regel)
group by t.gebied, t.bereik, t.groep, t.jaar, t.mensen, t.herkomst, t.netwerk, t.dekking
having waarde is not null;
