-- Cijfers van alle gebieden van één niveau binnen een of meer gebieden.
-- $binnen: codes van gebieden; $niveau: buurt, wijk, gemeente, land of eigen; $indicatoren: codes; $jaar: 0 = nieuwste.
-- Eén rij per gebied en indicator; waarde in de eenheid van de indicator, teller in mensen (of huishoudens, woningen).

with jaar as (
    select indicator, jaar
    from indicator_jaar
    where indicator in (select unnest($indicatoren)) and case when $jaar = 0 then nieuwste else jaar = $jaar end
),

-- Wat vaststaat voor het zoeken begint, zeeft vóór de bescherming wordt uitgerekend; wat uit een tabel komt, pas erna.
-- Van één gebied op zijn eigen niveau is het gebied zelf het enige.
gevraagd as (
    select *
    from cijfer_open
    where list_contains($indicatoren, indicator)
        and (
            gebied = $binnen[1] or len($binnen) > 1
            or substr($binnen[1], 1, 2) is distinct from case $niveau
                when 'land' then 'NL' when 'gemeente' then 'GM' when 'wijk' then 'WK' when 'buurt' then 'BU'
            end
        )
)

select
    d.code as gebied, d.naam, d.niveau, d.gemeentenaam, j.indicator, j.jaar, c.teller, c.noemer, c.waarde, c.onder,
    c.boven,
    c.teller_onder, c.teller_boven, i.eenheid, coalesce(c.soort, 'onbekend') as soort,
    bronregel(coalesce(c.bron, i.bron), j.jaar) || mensen_van(c.bron, i.noemer, j.jaar, c.noemer_jaar) as bron,
    coalesce(c.verborgen, false) as verborgen, c.wijze, coalesce(c.geteld, false) as geteld, c.marge_uit, c.noemer_jaar,
    peiljaar_van(c.bron) as peiljaar, c.dekking, c.betrouwbaarheid, d.water,
    coalesce(c.noemer < (select hoog_mensen from regel), false) as weinig_mensen
from gebieden_in($binnen, $niveau) d
cross join jaar j
join indicator i on i.code = j.indicator
left join gevraagd c on c.gebied = d.code and c.indicator = j.indicator and c.jaar = j.jaar
order by i.volgorde, d.code;
