-- Hoeveel mensen minstens één noodzakelijke randvoorwaarde missen waarvan de status bekend is, in een gebied en in elk
-- van zijn buurten. $buurten: codes; $o_…: wat de gemeente opgeeft. Eerst een rij van het hele gebied (gebied leeg),
-- dan een per buurt. mensen, onder, boven: alles wat bekend is, ook wat op een ruwe aanname rust; alleen van het hele
-- gebied. gemeten, gemeten_onder, gemeten_boven: alleen wat gemeten of opgegeven is. Leeg waar niets bekend is, en waar
-- het om te weinig mensen gaat (verborgen, gemeten_verborgen). minst, meest: zo veel missen er minstens en hooguit een
-- van alle noodzakelijke randvoorwaarden, ook als die alleen begrensd of onbekend zijn; alleen van het hele gebied, en
-- leeg als het er te weinig zijn. Deze grenzen tellen niet op over buurten: wat het meest zeker ontbreekt, verschilt.
-- aanwezig: van hoeveel doelgroepen de omvang bekend is.

with cel as materialized (
    select *
    from gemis_samen_met($buurten, [true, false], ['samen'], $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel,
        $o_jaar)
),

samen as materialized (select * from gemis_van('cel', $buurten, [true, false], ['samen'])),

buurt_rij as (
    select buurt as sleutel, buurt, cluster, zonder as mensen, onder, boven, spreiding from cel where not met_aanname
),

grens_cel as materialized (
    select * from gemis_grens_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
),

minst_rij as (
    select '' as sleutel, buurt, cluster, minst as mensen, minst_onder as onder, minst as boven,
        minst_spreiding as spreiding
    from grens_cel
),

meest_rij as (
    select '' as sleutel, buurt, cluster, meest as mensen, meest as onder, meest_boven as boven,
        meest_spreiding as spreiding
    from grens_cel
),

rij as (
    select
        '' as gebied, '' as naam, s.mensen::double as mensen, s.onder::double as onder, s.boven::double as boven,
        coalesce(s.verborgen, false) as verborgen, g.mensen::double as gemeten, g.onder::double as gemeten_onder,
        g.boven::double as gemeten_boven, coalesce(g.verborgen, false) as gemeten_verborgen,
        greatest(a.onder, g.onder)::double as minst, e.boven::double as meest
    from regel r
    left join samen s on s.met_aanname
    left join samen g on not g.met_aanname
    left join mensen_per('minst_rij') a on true
    left join mensen_per('meest_rij') e on true
    union all
    select g.code, g.naam, null, null, null, false, p.mensen, p.onder, p.boven, coalesce(p.verborgen, false), null, null
    from gebied g
    left join mensen_per('buurt_rij') p on p.sleutel = g.code
    where g.code in (select unnest($buurten))
)

select
    *, (select count(distinct doelgroep) from mensen_met($buurten)) as aanwezig, (select minimum from regel) as minimum
from rij
order by gebied;
