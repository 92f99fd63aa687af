-- De bevolking van elke buurt naar leeftijd, van 2025 tot 2050 in stappen van vijf jaar.
-- Wie in de buurt blijft wordt daar ouder; wie wegtrekt wordt vervangen door mensen van dezelfde leeftijd, zoveel als
-- er in het hele land van die leeftijd zijn. Overleving, geboorten en migratie zitten in de verhoudingen van het land
-- (toekomst_stap), dus alle buurten samen volgen de landelijke totalen. variant: basis, of meer verhuizen.

create macro toekomst_verder(mensen, kans, groei, blijft) as list_transform(
    range(1, len(mensen) + 1),
    lambda i: blijft[i] * kans[i]
        * (case when i = 1 then 0 else mensen[i - 1] end + case when i = len(mensen) then mensen[i] else 0 end)
        + (1 - blijft[i]) * groei[i] * mensen[i]
);

create table toekomst_groep as
with recursive nieuwste as (
    select gebied, max(jaar) as jaar from leeftijd_gebied group by gebied
),

-- Binnen een band zijn de groepen van vijf jaar verdeeld zoals in het land.
vorm as (
    select groep, band, deel / sum(deel) over (partition by band) as deel
    from leeftijd_land
    where jaar = (select max(jaar) from leeftijd_land)
),

nu as (
    select l.gebied, l.jaar, list(l.mensen * v.deel order by v.groep) as mensen
    from leeftijd_gebied l
    join nieuwste n on n.gebied = l.gebied and n.jaar = l.jaar
    join vorm v on v.band = l.band
    group by l.gebied, l.jaar
),

variant as (
    select 'basis' as variant, 1.0 as blijft
    union all
    select 'verhuizen', waarde from toekomst_aanname where code = 'verhuizen'
),

stap as (
    select v.variant, s.jaar, s.kans, s.groei, list_transform(s.blijft, lambda b: b * v.blijft) as blijft
    from toekomst_stap s
    cross join variant v
),

-- Van het jaar van de cijfers naar het eerste jaar: een deel van een stap.
begin as (
    select
        s.variant, n.gebied, r.begin as jaar,
        greatest(0, least(1, (r.begin - n.jaar) / r.stap_jaren)) as voor,
        toekomst_verder(n.mensen, s.kans, s.groei, s.blijft) as verder,
        list_transform(range(1, len(verder) + 1), lambda i: (1 - voor) * n.mensen[i] + voor * verder[i]) as mensen
    from nu n
    cross join toekomst_regel r
    join stap s on s.jaar = r.eerste_stap
),

pad as (
    select variant, gebied, jaar, mensen from begin
    union all
    select p.variant, p.gebied, p.jaar + r.stap_jaren, toekomst_verder(p.mensen, s.kans, s.groei, s.blijft)
    from pad p
    cross join toekomst_regel r
    join stap s on s.variant = p.variant and s.jaar = p.jaar
)

select * from pad;

-- In de banden van het scherm; anders: dezelfde band als er meer mensen verhuizen.
create temp table toekomst_band as
with band as (
    select band, list(groep + 1 order by groep) as groepen
    from (select distinct groep, band from leeftijd_land) group by band
),

opgeteld as (
    select p.variant, p.gebied, p.jaar, b.band, list_sum(list_transform(b.groepen, lambda g: p.mensen[g])) as mensen
    from toekomst_groep p
    cross join band b
)

select b.gebied, b.jaar, b.band, b.mensen, v.mensen as anders
from opgeteld b
join opgeteld v on v.gebied = b.gebied and v.jaar = b.jaar and v.band = b.band and v.variant = 'verhuizen'
where b.variant = 'basis';

drop table toekomst_groep;

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
