-- Waar de mensen wonen die een randvoorwaarde missen. $buurten: codes; $randvoorwaarde; $graad: N of W; $o_…: wat de
-- gemeente opgeeft. Eén rij per buurt; leeg waar het onbekend is of waar het om te weinig mensen gaat (verborgen).
-- begrensd: niet bekend, wel dat haar minst tot meest mensen missen, leeg waar het er te weinig zijn; mogelijk: welk
-- deel van wie haar nodig heeft haar hooguit mist (0 tot 1).

with cel as materialized (
    select buurt as sleutel, *
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar)
    where randvoorwaarde = $randvoorwaarde and graad = $graad
),

-- Of zij er is, is van een buurt bekend of niet: dan heeft zij overal een grens, of nergens.
grens as (
    select
        sleutel, sum(nodig * deel_meest(aandeel_boven, grens_boven)) / nullif(sum(nodig), 0) as mogelijk
    from cel
    where begrensd
    group by sleutel
)

select
    g.code as gebied, g.naam, p.zonder.mensen as mensen, p.zonder.onder as onder, p.zonder.boven as boven,
    coalesce(p.zonder.verborgen, false) as verborgen,
    b.sleutel is not null as begrensd, case when b.sleutel is not null then coalesce(p.minst.onder, 0) end as minst,
    case when b.sleutel is not null then p.meest.boven end as meest, b.mogelijk, (select minimum from regel) as minimum
from gebied g
left join gemis_opgeteld('cel') p on p.sleutel = g.code
left join grens b on b.sleutel = g.code
where g.code in (select unnest($buurten))
order by g.code;
