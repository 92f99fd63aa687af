-- De randvoorwaarden van een gebied voor één doelgroep in één mantelzorgsituatie, met wat ervan bekend is.
-- $buurten: codes; $doelgroep, $mantelzorg: codes; $o_…: wat de gemeente opgeeft (zie rules/63_opgave.sql).
-- Eén rij per randvoorwaarde die van toepassing is. aandeel, onder, boven: deel van de inwoners zonder (0 tot 1).
-- mensen, mensen_onder, mensen_boven: wie in deze doelgroep en situatie haar mist, waar dat bekend is; onbekend_tot:
-- zo veel kunnen er bij komen waar het onbekend is. begrensd: niet bekend, wel dat haar minst tot meest mensen missen
-- (leeg waar het er te weinig zijn), van nodig mensen; grens_hoe: uit welke soorten meetregels; signalen: wat er iets
-- over zegt zonder te beslissen (hoe, indicator, waarde, jaar). geleverd: de graad die het product levert;
-- eigen: of die hier anders is.

with cel as materialized (
    select
        r.randvoorwaarde as sleutel, p.buurt, d.cluster, t.aandeel is null as onbekend, p.mensen * p.mz as nodig,
        gemis_onder(p.mensen, p.mensen_onder, p.mz, p.mz_onder, 1, 1) as nodig_onder,
        gemis_boven(p.mensen, p.mensen_boven, p.mz, p.mz_boven, 1, 1) as nodig_boven,
        spreiding_van(p.mensen, p.mz, p.geteld) as nodig_spreiding,
        p.mensen * p.mz * t.aandeel as zonder, spreiding_van(p.mensen, p.mz * t.aandeel, p.geteld) as spreiding,
        gemis_onder(p.mensen, p.mensen_onder, p.mz, p.mz_onder, t.aandeel, t.onder) as onder,
        gemis_boven(p.mensen, p.mensen_boven, p.mz, p.mz_boven, t.aandeel, t.boven) as boven,
        t.onder as aandeel_onder, t.boven as aandeel_boven, g.onder as grens_onder, g.boven as grens_boven,
        t.aandeel is null and g.buurt is not null as begrensd, g.hoe_onder, g.hoe_boven, g.bron, g.jaar, g.bron_ook,
        g.jaar_ook, g.tegenspraak, p.mensen * p.mz * deel_minst(t.aandeel, g.onder) as minst,
        gemis_onder(p.mensen, p.mensen_onder, p.mz, p.mz_onder, deel_minst(t.aandeel, g.onder),
            deel_minst(t.onder, g.onder)) as minst_onder,
        p.mensen * p.mz * deel_meest(t.aandeel, g.boven) as meest,
        gemis_boven(p.mensen, p.mensen_boven, p.mz, p.mz_boven, deel_meest(t.aandeel, g.boven),
            deel_meest(t.boven, g.boven)) as meest_boven
    from vraag_met($buurten) p
    join eis r on r.doelgroep = p.doelgroep and r.mantelzorg = p.mantelzorg and r.graad <> '-'
    left join doelgroep_cluster d on d.doelgroep = p.doelgroep
    left join tekort_voor($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) t
        on t.buurt = p.buurt and t.randvoorwaarde = r.randvoorwaarde and t.leeftijd = leeftijd_van(d.cluster)
    left join begrensd g on g.buurt = p.buurt and g.randvoorwaarde = r.randvoorwaarde and t.aandeel is null
    where p.doelgroep = $doelgroep and p.mantelzorg = $mantelzorg
),

opgeteld as materialized (select * from gemis_opgeteld('cel')),

grens_reden as (
    select sleutel, string_agg(hoe, ',' order by hoe) as grens_hoe
    from (select distinct sleutel, unnest([hoe_onder, hoe_boven]) as hoe from cel where begrensd)
    where hoe is not null
    group by sleutel
),

grens_bron as (
    select sleutel, string_agg(bron, ' · ' order by bron) as bron
    from (
        select distinct sleutel, bronregel(bron, jaar) as bron
        from (
            select sleutel, unnest([bron, bron_ook]) as bron, unnest([jaar, jaar_ook]) as jaar from cel where begrensd
        )
        where bron is not null
    )
    group by sleutel
),

grens as (
    select
        c.sleutel, h.grens_hoe, b.bron, bool_or(c.begrensd and c.tegenspraak) as tegenspraak,
        sum(c.nodig * deel_minst(c.aandeel_onder, c.grens_onder)) / nullif(sum(c.nodig), 0) as zeker,
        sum(c.nodig * deel_meest(c.aandeel_boven, c.grens_boven)) / nullif(sum(c.nodig), 0) as mogelijk,
        bool_or(c.begrensd) and grens_zegt(zeker, mogelijk) as begrensd
    from cel c
    left join grens_reden h on h.sleutel = c.sleutel
    left join grens_bron b on b.sleutel = c.sleutel
    group by c.sleutel, h.grens_hoe, b.bron
),

signalen as (
    select
        randvoorwaarde,
        list({'hoe': hoe, 'indicator': indicator, 'waarde': waarde, 'jaar': jaar, 'buurten': buurten}
            order by hoe, indicator) as signalen
    from (
        select
            s.randvoorwaarde, s.hoe, s.indicator, sum(s.waarde * i.inwoners) / nullif(sum(i.inwoners), 0) as waarde,
            max(s.jaar) as jaar, count(*) as buurten
        from signaal s
        left join inwoners_nu i on i.gebied = s.buurt
        where list_contains($buurten, s.buurt)
        group by s.randvoorwaarde, s.hoe, s.indicator
        having coalesce(sum(i.inwoners), 0) >= (select minimum from regel)
    )
    group by randvoorwaarde
)

select
    r.code, r.groep, r.titel, e.graad, e.reden, e.bron as eis_bron, e.jaar as eis_jaar, e.merk as eis_merk, e.geleverd,
    e.eigen,
    coalesce(s.status, 'onbekend') as status,
    case
        when s.hoe = 'onbekend' and r.code in (select randvoorwaarde from meetregel where regel = 'gemiddelde')
            and r.norm_m < (
                select min(parameter(m.parameters, 'vanaf'))
                from meetregel m where m.regel = 'gemiddelde' and m.randvoorwaarde = r.code
            ) then 'te grof'
        else coalesce(s.hoe, 'onbekend')
    end as hoe_bekend,
    s.indicator, s.waarde, s.aandeel, s.onder, s.boven, s.jaar, r.norm_m, r.meetnoot, r.hoe_uitzoeken,
    p.zonder.mensen, p.zonder.onder as mensen_onder, p.zonder.boven as mensen_boven,
    coalesce(p.zonder.verborgen, false) as verborgen,
    p.onbekend.boven as onbekend_tot,
    coalesce(coalesce(s.status, 'onbekend') = 'onbekend' and g.begrensd, false) as begrensd,
    coalesce(p.minst.onder, 0) as minst, p.meest.boven as meest, coalesce(p.meest.verborgen, false) as meest_verborgen,
    p.nodig.mensen as nodig,
    case when not p.nodig.verborgen then g.zeker end as zeker,
    case when not p.nodig.verborgen then g.mogelijk end as mogelijk,
    g.grens_hoe, coalesce(g.tegenspraak, false) as tegenspraak, x.signalen,
    (select minimum from regel) as minimum,
    case
        when s.status <> 'onbekend' and s.jaar is not null then bronregel(s.bron, s.jaar)
        when g.begrensd then g.bron
    end as bron
from eis e
join randvoorwaarde r on r.code = e.randvoorwaarde
left join opgeteld p on p.sleutel = r.code
left join grens g on g.sleutel = r.code
left join signalen x on x.randvoorwaarde = r.code
left join status_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) s
    on s.randvoorwaarde = r.code
where e.doelgroep = $doelgroep and e.mantelzorg = $mantelzorg and e.graad <> '-'
order by r.volgorde;
