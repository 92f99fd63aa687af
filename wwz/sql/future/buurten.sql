-- Elke bewoonde buurt zoals haar toekomst begint: het jaar van haar leeftijden, haar mensen per groep van vijf jaar
-- (een lijst van 20), wat voor soort buurt het is, en hoeveel woningen er zijn.

with nieuwste as (
    select gebied, max(jaar) as jaar from leeftijd_gebied group by gebied
),

-- Binnen een band zijn de groepen van vijf jaar verdeeld zoals in het land.
vorm as (
    select groep, band, deel / sum(deel) over (partition by band) as deel
    from leeftijd_land
    where jaar = (select max(jaar) from leeftijd_land)
)

select
    l.gebied, g.gemeente, l.jaar, list(l.mensen * v.deel order by v.groep) as mensen, s.soort, w.woningen
from leeftijd_gebied l
join nieuwste n on n.gebied = l.gebied and n.jaar = l.jaar
join vorm v on v.band = l.band
join gebied g on g.code = l.gebied
join toekomst_soort s on s.gebied = l.gebied
join toekomst_woning w on w.gebied = l.gebied
group by l.gebied, g.gemeente, l.jaar, s.soort, w.woningen
order by l.gebied;
