-- Welk deel van wie een noodzakelijke randvoorwaarde nodig heeft, haar minstens en hooguit mist: nooit een getal
-- ertussen. $buurten: codes; $niveau: buurt, wijk of gemeente, of samen voor alles bij elkaar; $randvoorwaarde: code;
-- $naam: hoe alles bij elkaar heet. Eén rij per gebied, kolommen als in tabel.sql: waarde en teller zijn leeg, onder
-- en boven zijn delen (%) en teller_onder en teller_boven mensen, met alle marges. Met wat de gemeente opgaf toen de
-- database werd gebouwd.

with cel as materialized (
    select v.deel as sleutel, m.*
    from gemis_met(
        $buurten, (select gebied from opgave_lijsten()), (select randvoorwaarde from opgave_lijsten()),
        (select status from opgave_lijsten()), (select aandeel from opgave_lijsten()),
        (select jaar from opgave_lijsten())
    ) m
    join deel_van([$niveau]) v on v.buurt = m.buurt
    where m.graad = 'N' and m.randvoorwaarde = $randvoorwaarde
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
        o.*, p.nodig.verborgen as verborgen, p.nodig.mensen as nodig, p.minst.onder as minst, p.meest.boven as meest,
        case
            when p.nodig.verborgen then 'onbekend'
            when o.bekend < (select dekking_minimaal from regel)
                then case when o.iets_begrensd and grens_zegt(o.zeker, o.mogelijk) then 'begrensd' else 'onbekend' end
            when is_gemeten(o.hoe) then 'gemeten'
            when is_aanname(o.hoe) then 'aanname'
            when o.hoe = 'opgegeven' then 'opgegeven'
            else 'geschat'
        end as soort
    from over o
    join gemis_opgeteld('cel') p on p.sleutel = o.sleutel
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
left join gemis_bronnen('cel') b on b.sleutel = d.code
order by d.code;
