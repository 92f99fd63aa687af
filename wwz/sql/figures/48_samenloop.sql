-- Hoe vaak doelgroepen samenvallen: uit de bevolking van elke buurt (persoon), waar iedereen één keer in staat.

-- Bij welke clusters iemand hoort, voor elke combinatie van doelgroepen die voorkomt.
create table cluster_combinatie as
select p.doelgroepen, list(distinct d.cluster order by d.cluster) as clusters
from (select distinct doelgroepen from persoon where doelgroepen > 0) p
join persoon_doelgroep d on (p.doelgroepen >> d.bit) & 1 = 1
group by p.doelgroepen;

-- Per buurt hoeveel mensen bij precies deze clusters horen; aantal: hoeveel clusters dat zijn. gebruikt: wie van hen
-- ondersteuning gebruikt; gebruikt_marge: welk deel dat ernaast kan zitten, doordat het van een groter gebied bekend is
-- en niemand telt wie het zijn (samenhang).
create table samenloop as
select
    p.gebied::varchar as buurt, array_to_string(c.clusters, '|') as combinatie, len(c.clusters)::tinyint as aantal,
    sum(p.mensen)::double as mensen, coalesce(sum(p.mensen) filter (p.gebruik > 0), 0)::double as gebruikt,
    max(sqrt(pow(coalesce(h.half / nullif(t.gebruikt, 0), 0), 2) + pow(r.samenhang, 2))) as gebruikt_marge
from persoon p
join cluster_combinatie c on c.doelgroepen = p.doelgroepen
left join persoon_geteld t on t.gebied = p.gebied and t.groep = '18'
left join gebruik_half h on h.gebied = p.gebied
cross join gebruik_regel r
group by p.gebied, c.clusters
order by buurt, combinatie;

-- Van elk cluster het deel (0 tot 1) dat ook bij de andere clusters van een combinatie hoort. Combinaties hebben hier
-- een
-- nummer: daarop wordt bij elke optelling gegroepeerd.
create table cluster_samen as
with los as (
    select
        buurt, dense_rank() over (order by combinatie)::tinyint as combinatie,
        unnest(string_split(combinatie, '|')) as cluster, aantal, mensen
    from samenloop
)

select buurt, combinatie, cluster, mensen / sum(mensen) over (partition by buurt, cluster) as deel
from los
qualify aantal > 1
order by buurt, combinatie, cluster;
