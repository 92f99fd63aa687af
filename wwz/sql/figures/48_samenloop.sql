-- Hoe vaak doelgroepen samenvallen: uit de bevolking van elke buurt (persoon), waar iedereen één keer in staat.

-- Bij welke clusters iemand hoort, voor elke combinatie van doelgroepen die voorkomt.
create table cluster_combinatie as
select p.doelgroepen, list(distinct d.cluster order by d.cluster) as clusters
from (select distinct doelgroepen from persoon where doelgroepen > 0) p
join persoon_doelgroep d on (p.doelgroepen >> d.bit) & 1 = 1
group by p.doelgroepen;

-- Per buurt hoeveel mensen bij precies deze clusters horen; aantal: hoeveel clusters dat zijn.
create table samenloop as
select
    p.gebied::varchar as buurt, array_to_string(c.clusters, '|') as combinatie, len(c.clusters)::tinyint as aantal,
    sum(p.mensen)::double as mensen
from persoon p
join cluster_combinatie c on c.doelgroepen = p.doelgroepen
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
