-- De bevolking van elke buurt naar leeftijd, van 2025 tot 2050 in stappen van vijf jaar. Wie er woont, volgt uit de
-- soort buurt, haar woningen en het land (future/step.py): toekomst_band.

-- Een prognose van de gemeente zelf (eigen_prognose, naast de database bewaard) gaat voor: per band tellen de buurten
-- van die gemeente op tot wat zij verwacht. De verdeling over de buurten blijft. Tussen twee opgegeven jaren loopt de
-- verhouding recht; daarvoor en daarna geldt het naaste jaar.
create table eigen_prognose as select p.* from prognose_lezing p join gebied g on g.code = p.gemeente
    and g.niveau = 'gemeente';

create temp table prognose_factor as
with verwacht as (
    select g.gemeente, t.jaar, t.band, sum(t.mensen) as mensen
    from toekomst_band t
    join gebied g on g.code = t.gebied
    group by g.gemeente, t.jaar, t.band
),

bekend as (
    select v.gemeente, v.jaar, v.band, p.aantal / v.mensen as factor
    from verwacht v
    join eigen_prognose p on p.gemeente = v.gemeente and p.jaar = v.jaar and p.band = v.band
    where v.mensen > 0
),

naast as (
    select
        v.gemeente, v.jaar, v.band, max(b.jaar) filter (b.jaar <= v.jaar) as eerder,
        min(b.jaar) filter (b.jaar >= v.jaar) as later
    from verwacht v
    join bekend b on b.gemeente = v.gemeente and b.band = v.band
    group by v.gemeente, v.jaar, v.band
)

select
    n.gemeente, n.jaar, n.band,
    e.factor + case when l.jaar > e.jaar then (n.jaar - e.jaar) / (l.jaar - e.jaar) * (l.factor - e.factor) else 0 end
        as factor
from naast n
join bekend e on e.gemeente = n.gemeente and e.band = n.band and e.jaar = coalesce(n.eerder, n.later)
join bekend l on l.gemeente = n.gemeente and l.band = n.band and l.jaar = coalesce(n.later, n.eerder);

update toekomst_band
set mensen = mensen * f.factor, anders = anders * f.factor
from prognose_factor f
join gebied g on g.gemeente = f.gemeente and g.kleinste
where g.code = toekomst_band.gebied and f.jaar = toekomst_band.jaar and f.band = toekomst_band.band;

drop table prognose_factor;

-- Per buurt en jaar één rij: een onderwerp is dan een som van producten, zonder optellen over rijen. Alle lijsten staan
-- op volgorde van de band. oud: alleen de banden van 65+, met hoe ver hun verhouding ernaast kan zitten (logit).
create table toekomst_breed as
select
    t.gebied, t.jaar, list(t.mensen order by t.band) as mensen, list(t.anders order by t.band) as anders,
    list(t.mensen order by t.band) filter (b.oud) as oud,
    list(coalesce(z.fout, 0) order by t.band) filter (b.oud) as oud_fout
from toekomst_band t
join leeftijd_band b on b.band = t.band
left join leeftijd_nu_zeker z on z.gebied = t.gebied and z.band = t.band
group by t.gebied, t.jaar
order by t.jaar, t.gebied;

drop table toekomst_band;
