-- Hoeveel mensen bij een doelgroep horen, en bij meer clusters van doelgroepen tegelijk: ieder één keer geteld.
-- $buurten: codes. Eén rij per sleutel: 'alle' (bij minstens één), '1' (bij precies één), 'meer' (bij meer clusters), en
-- elke combinatie van clusters. Leeg waar het er te weinig zijn (verborgen). De marge komt
-- van hoe groot de doelgroepen zijn, en van hoe vaak zij samenvallen.

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
        s.buurt, s.combinatie, s.aantal, s.mensen,
        sqrt(max(m.half) ** 2 + case when s.aantal > 1 then ln(r.overlap_factor) ** 2 else 0 end) as half
    from samenloop s
    cross join persoon_regel r
    join marge m on m.buurt = s.buurt and list_contains(string_split(s.combinatie, '|'), m.cluster)
    group by s.buurt, s.combinatie, s.aantal, s.mensen, r.overlap_factor
),

samenloop_rij as (
    select
        unnest([combinatie, 'alle', case when aantal > 1 then 'meer' else '1' end]) as sleutel, buurt, '' as cluster, mensen,
        mensen * exp(-half) as onder, mensen * exp(half) as boven, mensen as spreiding
    from cel
)

select
    sleutel, mensen, onder, boven, verborgen, (select minimum from regel) as minimum,
    (select max(jaar) from doelgroep_buurt where list_contains($buurten, buurt)) as jaar
from mensen_per('samenloop_rij')
order by sleutel not in ('alle', '1', 'meer'), case when verborgen then 0 else aantal end desc, sleutel;
