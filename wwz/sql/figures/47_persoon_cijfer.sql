-- Hoeveel mensen minstens één beperking hebben, en hoeveel er ondersteuning gebruiken (een rij per soort gebruik:
-- binnen leeg): geteld in de bevolking van de buurt (build/steps.py, 46), iedereen één keer.

create table persoon_geteld as
select
    p.gebied, g.groep, sum(p.mensen)::double as mensen,
    coalesce(sum(p.mensen) filter (p.beperkingen > 0), 0)::double as beperkt,
    coalesce(sum(p.mensen) filter (p.gebruik > 0), 0)::double as gebruikt,
    coalesce(sum(p.mensen) filter (p.beperkingen > 0 and p.gebruik > 0), 0)::double as allebei
from persoon p
join persoon_leeftijd l on l.leeftijd = p.leeftijd
join (values ('18'), ('65')) g(groep) on (g.groep = '18' and l.vanaf_18) or l.vanaf_65
group by p.gebied, g.groep;

create table persoon_jaar as
select gebied, max(jaar) as jaar, max(leeftijd_jaar) as leeftijd_jaar from bevolking_nu group by gebied;

-- De marge komt van die van elke beperking, en van hoe sterk beperkingen samengaan.
insert into cijfer
select
    t.gebied, i.code as indicator, b.jaar, t.beperkt as teller, t.mensen as noemer,
    i.per * t.beperkt / t.mensen as waarde,
    round(i.per * greatest(0, t.beperkt / t.mensen + m.onder - m.midden), 6) as onder,
    round(i.per * least(1, t.beperkt / t.mensen + m.boven - m.midden), 6) as boven, 'recept' as marge_uit,
    'geschat' as soort, 'schatting' as bron, 'personen' as wijze, b.leeftijd_jaar as noemer_jaar,
    1.0::double as dekking, false as geteld
from persoon_geteld t
join persoon_marge m on m.gebied = t.gebied and m.groep = t.groep and m.bekend
join indicator i on i.code = 'beperking_' || t.groep
join persoon_jaar b on b.gebied = t.gebied
where t.mensen > 0;

-- Wie ondersteuning gebruikt, wie een beperking heeft en niets gebruikt, en wie gebruikt zonder zo'n beperking. Hoeveel
-- mensen het gebruiken, is onzekerder naarmate het van een groter gebied bekend is; wie van hen een beperking heeft, is
-- nergens geteld (samenhang).
create table gebruik_half as
with soort_geteld as (
    select p.gebied, s.bit, sum(p.mensen)::double as gebruikt
    from persoon p
    join persoon_leeftijd l on l.leeftijd = p.leeftijd and l.vanaf_18
    join gebruik_soort s on s.binnen is null and (p.gebruik >> s.bit) & 1 = 1
    where p.gebruik > 0
    group by p.gebied, s.bit
)

select g.gebied, sqrt(sum(pow(g.gebruikt * m.marge, 2))) as half
from soort_geteld g
left join persoon_gebruik n on n.gebied = g.gebied and n.bit = g.bit
join gebruik_marge m on m.niveau = coalesce(n.niveau, 'land')
group by g.gebied;

-- Halve marges in mensen: van wie een beperking heeft, van wie gebruikt, en van wie allebei.
insert into cijfer
with half as (
    select
        t.*, m.bekend, t.mensen * greatest(m.midden - m.onder, m.boven - m.midden) as half_beperkt,
        coalesce(h.half, 0) as half_gebruikt, r.samenhang * t.allebei as half_allebei,
        coalesce(t.allebei / nullif(t.beperkt, 0), 0) as van_beperkt,
        coalesce(t.allebei / nullif(t.gebruikt, 0), 0) as van_gebruikt
    from persoon_geteld t
    join persoon_marge m on m.gebied = t.gebied and m.groep = t.groep
    left join gebruik_half h on h.gebied = t.gebied
    cross join gebruik_regel r
    where t.groep = '18' and t.mensen > 0
),

los as (
    select
        gebied, mensen,
        unnest([
            {'indicator': 'ondersteuning_18', 'teller': gebruikt, 'half': half_gebruikt, 'bekend': true},
            {'indicator': 'zonder_ondersteuning_18', 'teller': beperkt - allebei, 'bekend': bekend,
                'half': sqrt(pow(half_beperkt * (1 - van_beperkt), 2) + pow(half_allebei, 2)
                    + pow(half_gebruikt * van_gebruikt, 2))},
            {'indicator': 'ondersteuning_onbeperkt_18', 'teller': gebruikt - allebei, 'bekend': bekend,
                'half': sqrt(pow(half_gebruikt * (1 - van_gebruikt), 2) + pow(half_allebei, 2)
                    + pow(half_beperkt * van_beperkt, 2))}
        ], recursive := true)
    from half
)

select
    t.gebied, i.code as indicator, b.jaar, t.teller, t.mensen as noemer, i.per * t.teller / t.mensen as waarde,
    round(i.per * greatest(0, t.teller - t.half) / t.mensen, 6) as onder,
    round(i.per * least(t.mensen, t.teller + t.half) / t.mensen, 6) as boven, 'recept' as marge_uit,
    'geschat' as soort, 'schatting' as bron, 'personen' as wijze, b.leeftijd_jaar as noemer_jaar,
    1.0::double as dekking, false as geteld
from los t
join indicator i on i.code = t.indicator
join persoon_jaar b on b.gebied = t.gebied
where t.bekend;
