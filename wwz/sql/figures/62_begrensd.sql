-- Begrensd: wat bekend is van een randvoorwaarde waarover niets beslist. Ten minste zo'n deel van de mensen mist haar,
-- ten hoogste zo'n deel (0 tot 1). Een grens zegt nooit dat zij er is.

-- hoe_…: uit welke soort meetregel die kant komt, leeg als die kant niets zegt. tegenspraak: de ene bron zegt dat meer
-- mensen haar missen dan de andere toelaat; dan geldt het ruimste dat een van beide zegt. bron, jaar: van de smalste
-- grens; bron_ook, jaar_ook: van de andere kant, als die er is.
create table begrensd as
with los as (
    select
        b.buurt, b.randvoorwaarde, b.rang, coalesce(b.onder, b.minstens, 0) as onder,
        coalesce(b.boven, b.hooguit, 1) as boven, b.hoe, b.indicator, b.waarde, b.jaar, b.bron
    from bewijs b
    anti join bewijs d
        on d.buurt = b.buurt and d.randvoorwaarde = b.randvoorwaarde and d.werking = 'beslist' and d.aandeel is not null
    where b.werking = 'begrenst'
),

-- De smalste grens aan elke kant; bij gelijke grenzen de regel die voorgaat.
samen as (
    select
        buurt, randvoorwaarde, max(onder) as minst, min(boven) as meest,
        arg_max({'hoe': hoe, 'indicator': indicator, 'waarde': waarde, 'jaar': jaar, 'bron': bron}, (onder, -rang))
            as van_onder,
        arg_min({'hoe': hoe, 'indicator': indicator, 'waarde': waarde, 'jaar': jaar, 'bron': bron}, (boven, rang))
            as van_boven
    from los
    group by buurt, randvoorwaarde
),

gewogen as (
    select
        *, minst >= o.grens_minimaal as zegt_onder, meest <= 1 - o.grens_minimaal as zegt_boven,
        case when zegt_boven then van_boven else van_onder end as van
    from samen
    cross join oordeel o
)

select
    buurt, randvoorwaarde, least(minst, meest) as onder, greatest(minst, meest) as boven,
    case when zegt_onder then van_onder.hoe end as hoe_onder, case when zegt_boven then van_boven.hoe end as hoe_boven,
    van.indicator as indicator, van.waarde as waarde, van.jaar as jaar, van.bron as bron,
    case when zegt_onder and zegt_boven then van_onder.jaar end as jaar_ook,
    case when zegt_onder and zegt_boven then van_onder.bron end as bron_ook,
    minst > meest as tegenspraak
from gewogen
where zegt_onder or zegt_boven
order by buurt, randvoorwaarde;

-- Wat elkaar tegenspreekt, wordt gezegd en niet weggemoffeld.
insert into melding
select
    'grenzen', 'let_op',
    'Twee bronnen spreken elkaar tegen over ' || r.titel || ', in ' || in_tekst(count(*), 0)
        || case when count(*) = 1 then ' buurt' else ' buurten' end || ' (bijvoorbeeld ' || min(b.buurt)
        || '): volgens de ene missen meer mensen het dan volgens de andere kan. Wij tonen het ruimste van de twee.',
    count(*)
from begrensd b
join randvoorwaarde r on r.code = b.randvoorwaarde
where b.tegenspraak
group by r.titel, r.volgorde
order by r.volgorde;

-- Wat er iets over zegt, en nooit beslist.
create table signaal as
select buurt, randvoorwaarde, hoe, indicator, waarde, onder, boven, jaar, bron
from bewijs
where werking = 'signaleert'
order by buurt, randvoorwaarde, rang;
