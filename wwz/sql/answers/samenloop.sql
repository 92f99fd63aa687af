-- Hoeveel mensen bij een doelgroep horen, en bij meer clusters van doelgroepen tegelijk: ieder één keer geteld.
-- $buurten: codes. Eén rij per sleutel: 'alle' (bij minstens één), '1' (bij precies één), 'meer' (bij meer clusters),
-- en elke combinatie van clusters; 'gebruikt': wie van 'alle' ondersteuning gebruikt; en 'nodig': voor wie minstens één
-- randvoorwaarde noodzakelijk is. Leeg waar het er te weinig zijn (verborgen). De marge komt van hoe groot de
-- doelgroepen zijn, van hoe vaak zij samenvallen, en bij 'gebruikt' van hoe dichtbij het gebruik geteld is.

with marge as (
    select d.buurt, k.cluster, ln(sum(d.mensen_boven) / sum(d.mensen)) as half
    from doelgroep_buurt d
    join doelgroep_cluster k on k.doelgroep = d.doelgroep
    where d.buurt in (select unnest($buurten))
    group by d.buurt, k.cluster
    having sum(d.mensen) > 0
),

cel as (
    select
        s.buurt, s.combinatie, s.aantal, s.mensen, s.gebruikt, s.gebruikt_marge,
        sqrt(max(m.half) ** 2 + case when s.aantal > 1 then ln(r.overlap_factor) ** 2 else 0 end) as half
    from samenloop s
    cross join persoon_regel r
    join marge m on m.buurt = s.buurt and list_contains(string_split(s.combinatie, '|'), m.cluster)
    group by
        s.buurt, s.combinatie, s.aantal, s.mensen, s.gebruikt, s.gebruikt_marge, r.overlap_factor
),

samenloop_rij as (
    select
        unnest([combinatie, 'alle', case when aantal > 1 then 'meer' else '1' end]) as sleutel, buurt, '' as cluster,
        mensen,
        mensen * exp(-half) as onder, mensen * exp(half) as boven, mensen as spreiding
    from cel
    union all
    select
        'gebruikt', buurt, '', gebruikt, gebruikt * exp(-sqrt(half ** 2 + ln(1 + gebruikt_marge) ** 2)),
        gebruikt * exp(sqrt(half ** 2 + ln(1 + gebruikt_marge) ** 2)), gebruikt
    from cel
),

-- Niet iedereen in een doelgroep heeft het nodig, en niet in elke mantelzorgsituatie.
nodig_los as (
    select
        p.buurt, k.cluster, max(p.mensen) as mensen, max(p.mensen_onder) as mensen_onder,
        max(p.mensen_boven) as mensen_boven, bool_or(p.geteld) as geteld, sum(p.mz) as mz,
        mz_samen_onder(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), max(p.alle_boven)) as mz_onder,
        mz_samen_boven(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), max(p.alle_onder)) as mz_boven
    from vraag_met($buurten) p
    join doelgroep_cluster k on k.doelgroep = p.doelgroep
    join (select distinct doelgroep, mantelzorg from eis where graad = 'N') e
        on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg
    group by p.buurt, p.doelgroep, k.cluster
),

alles_rij as (
    from samenloop_rij
    union all
    select
        'nodig', buurt, cluster, mensen * mz, gemis_onder(mensen, mensen_onder, mz, mz_onder, 1, 1),
        gemis_boven(mensen, mensen_boven, mz, mz_boven, 1, 1), spreiding_van(mensen, mz, geteld)
    from nodig_los
)

select
    sleutel, mensen, onder, boven, verborgen, (select minimum from regel) as minimum,
    (select max(jaar) from doelgroep_buurt where list_contains($buurten, buurt)) as jaar
from mensen_per('alles_rij')
order by
    sleutel not in ('alle', '1', 'meer', 'gebruikt', 'nodig'), case when verborgen then 0 else aantal end desc, sleutel;
