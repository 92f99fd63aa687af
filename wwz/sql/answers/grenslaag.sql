-- Welk deel van wie een noodzakelijke randvoorwaarde nodig heeft, haar minstens en hooguit mist: nooit een getal
-- ertussen. $buurten: codes; $niveau: buurt, wijk of gemeente, of samen voor alles bij elkaar; $randvoorwaarde: code;
-- $naam: hoe alles bij elkaar heet. Eén rij per gebied, kolommen als in tabel.sql: waarde en teller zijn leeg, onder
-- en boven zijn delen (%) en teller_onder en teller_boven mensen, met alle marges. Met wat de gemeente opgaf toen de
-- database werd gebouwd.

with cel as materialized (
    select v.deel as sleutel, m.*
    from gemis_met(
        $buurten, (select coalesce(list(gebied order by gebied, randvoorwaarde), []) from opgave),
        (select coalesce(list(randvoorwaarde order by gebied, randvoorwaarde), []) from opgave),
        (select coalesce(list(status order by gebied, randvoorwaarde), []) from opgave),
        (select coalesce(list(aandeel order by gebied, randvoorwaarde), []) from opgave),
        (select coalesce(list(jaar order by gebied, randvoorwaarde), []) from opgave)
    ) m
    join deel_van([$niveau]) v on v.buurt = m.buurt
    where m.graad = 'N' and m.randvoorwaarde = $randvoorwaarde
),

nodig_rij as (
    select
        sleutel, buurt, cluster, nodig as mensen, nodig_onder as onder, nodig_boven as boven,
        nodig_spreiding as spreiding
    from cel
),

minst_rij as (
    select sleutel, buurt, cluster, minst as mensen, minst_onder as onder, minst as boven, nodig_spreiding as spreiding
    from cel
),

meest_rij as (
    select sleutel, buurt, cluster, meest as mensen, meest as onder, meest_boven as boven, nodig_spreiding as spreiding
    from cel
),

bron_rij as (
    select sleutel, bron, coalesce(max(tekort_jaar), max(jaar)) as jaar
    from cel where not onbekend and bron is not null group by sleutel, bron
    union
    select sleutel, unnest([grens_bron, grens_bron_ook]), unnest([grens_jaar, grens_jaar_ook]) from cel where begrensd
),

bronnen as (
    select sleutel, string_agg(bron, ' · ' order by bron) as bron
    from (select distinct sleutel, bronregel(bron, jaar) as bron from bron_rij where bron is not null)
    group by sleutel
),

over as (
    select
        sleutel, max(jaar) as jaar, hoe_samen(hoe, nodig) as hoe,
        coalesce(sum(nodig) filter (not onbekend) / nullif(sum(nodig), 0), 0) as bekend,
        bool_or(begrensd) as iets_begrensd,
        sum(nodig * deel_minst(aandeel_onder, grens_onder)) / nullif(sum(nodig), 0) as zeker,
        sum(nodig * deel_meest(aandeel_boven, grens_boven)) / nullif(sum(nodig), 0) as mogelijk
    from cel
    group by sleutel
),

oordeel_over as (
    select
        o.*, n.verborgen, n.mensen as nodig, a.onder as minst, e.boven as meest,
        case
            when n.verborgen then 'onbekend'
            when o.bekend < (select dekking_minimaal from regel)
                then case when o.iets_begrensd and grens_zegt(o.zeker, o.mogelijk) then 'begrensd' else 'onbekend' end
            when is_gemeten(o.hoe) then 'gemeten'
            when is_aanname(o.hoe) then 'aanname'
            when o.hoe = 'opgegeven' then 'opgegeven'
            else 'geschat'
        end as soort
    from over o
    join mensen_per('nodig_rij') n on n.sleutel = o.sleutel
    left join mensen_per('minst_rij') a on a.sleutel = o.sleutel
    left join mensen_per('meest_rij') e on e.sleutel = o.sleutel
),

doel as (
    select distinct g.code, g.naam, g.niveau, g.gemeentenaam, g.water
    from gebied g
    join gebied_buurt b on b.gebied = g.code
    where g.niveau = $niveau and list_contains($buurten, b.buurt)
    union all
    select '', $naam, 'eigen', null, false
    where $niveau = 'samen'
)

select
    d.code as gebied, d.naam, d.niveau, d.gemeentenaam, 'grens_' || replace($randvoorwaarde, '-', '_') as indicator,
    coalesce(o.jaar, (select max(jaar) from doelgroep_buurt))::bigint as jaar, null::double as teller,
    o.nodig as noemer,
    null::double as waarde, case when o.soort <> 'onbekend' then 100 * o.zeker end as onder,
    case when o.soort <> 'onbekend' then 100 * o.mogelijk end as boven,
    case when o.soort <> 'onbekend' then coalesce(o.minst, 0) end as teller_onder,
    case when o.soort <> 'onbekend' then o.meest end as teller_boven, '%' as eenheid,
    coalesce(o.soort, 'onbekend') as soort, case when o.soort <> 'onbekend' then b.bron end as bron,
    coalesce(o.verborgen, false) as verborgen, 'grens' as wijze, false as geteld, null::varchar as marge_uit,
    null::bigint as noemer_jaar, null::bigint as peiljaar, o.bekend as dekking, 'onbekend' as betrouwbaarheid, d.water,
    false as weinig_mensen, false as beschermd
from doel d
left join oordeel_over o on o.sleutel = d.code
left join bronnen b on b.sleutel = d.code
order by d.code;
