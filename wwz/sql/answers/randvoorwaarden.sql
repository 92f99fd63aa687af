-- De randvoorwaarden van een gebied voor één doelgroep in één mantelzorgsituatie, met wat ervan bekend is.
-- $buurten: codes; $doelgroep, $mantelzorg: codes; $o_…: wat de gemeente opgeeft (zie figures/37_tekort.sql).
-- Eén rij per randvoorwaarde die van toepassing is. aandeel, onder, boven: deel van de inwoners zonder (0 tot 1).
-- mensen, mensen_onder, mensen_boven: wie in deze doelgroep en situatie haar mist, waar dat bekend is; onbekend_tot:
-- zo veel kunnen er bij komen waar het onbekend is. geleverd: de graad die het product levert; eigen: of die hier
-- anders is.

with cel as materialized (
    select
        r.code as sleutel, d.cluster, t.aandeel is null as onbekend, p.mensen * p.mz as nodig,
        gemis_onder(p.mensen, p.mensen_onder, p.mz, p.mz_onder, 1, 1) as nodig_onder,
        gemis_boven(p.mensen, p.mensen_boven, p.mz, p.mz_boven, 1, 1) as nodig_boven,
        spreiding_van(p.mensen, p.mz, p.geteld) as nodig_spreiding,
        p.mensen * p.mz * t.aandeel as zonder, spreiding_van(p.mensen, p.mz * t.aandeel, p.geteld) as spreiding,
        gemis_onder(p.mensen, p.mensen_onder, p.mz, p.mz_onder, t.aandeel, t.onder) as onder,
        gemis_boven(p.mensen, p.mensen_boven, p.mz, p.mz_boven, t.aandeel, t.boven) as boven
    from vraag_met($buurten) p
    cross join randvoorwaarde r
    left join doelgroep_cluster d on d.doelgroep = p.doelgroep
    left join tekort_voor($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) t
        on t.buurt = p.buurt and t.randvoorwaarde = r.code and t.leeftijd = leeftijd_van(d.cluster)
    where p.doelgroep = $doelgroep and p.mantelzorg = $mantelzorg
),

zonder_rij as (
    select sleutel, cluster, zonder as mensen, onder, boven, spreiding from cel where not onbekend
),

onbekend_rij as (
    select sleutel, cluster, nodig as mensen, nodig_onder as onder, nodig_boven as boven, nodig_spreiding as spreiding
    from cel where onbekend
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
    n.mensen, n.onder as mensen_onder, n.boven as mensen_boven, coalesce(n.verborgen, false) as verborgen,
    u.boven as onbekend_tot,
    (select minimum from regel) as minimum,
    case when s.status <> 'onbekend' and s.jaar is not null then bronregel(s.bron, s.jaar) end as bron
from eis e
join randvoorwaarde r on r.code = e.randvoorwaarde
left join mensen_per('zonder_rij') n on n.sleutel = r.code
left join mensen_per('onbekend_rij') u on u.sleutel = r.code
left join status_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) s
    on s.randvoorwaarde = r.code
where e.doelgroep = $doelgroep and e.mantelzorg = $mantelzorg and e.graad <> '-'
order by r.volgorde;
