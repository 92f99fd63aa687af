-- De randvoorwaarden van een gebied voor één doelgroep in één mantelzorgsituatie, met wat ervan bekend is.
-- $buurten: codes; $doelgroep, $mantelzorg: codes; $o_…: wat de gemeente opgeeft (zie figures/37_tekort.sql).
-- Eén rij per randvoorwaarde die van toepassing is. aandeel, onder, boven: deel van de inwoners zonder (0 tot 1).
-- mensen, mensen_onder, mensen_boven: wie in deze doelgroep en situatie haar mist, waar dat bekend is; onbekend_tot:
-- zo veel kunnen er bij komen waar het onbekend is. geleverd: de graad die het product levert; eigen: of die hier anders is.

with cel as (
    select
        r.code, p.mensen * p.mz * t.aandeel as zonder, t.aandeel is null as onbekend, p.mensen * p.mz as nodig, p.mensen_boven * p.mz_boven as hoogstens,
        spreiding_van(p.mensen, p.mz, p.geteld) as nodig_spreiding, spreiding_van(p.mensen, p.mz * t.aandeel, p.geteld) as spreiding,
        case when t.aandeel is not null then gemis_onder(p.mensen, p.mensen_onder, p.mz, p.mz_onder, t.aandeel, t.onder) end as onder,
        case when t.aandeel is not null then gemis_boven(p.mensen, p.mensen_boven, p.mz, p.mz_boven, t.aandeel, t.boven) end as boven
    from mensen_met($buurten) p
    cross join randvoorwaarde r
    left join doelgroep_cluster d on d.doelgroep = p.doelgroep
    left join tekort_voor($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) t
        on t.buurt = p.buurt and t.randvoorwaarde = r.code and t.leeftijd = leeftijd_van(d.cluster)
    where p.doelgroep = $doelgroep and p.mantelzorg = $mantelzorg
),

geteld as (
    select
        code, sum(zonder) as mensen, onder_met(sum(zonder), sum(onder), toeval_uit(sum(spreiding))) as mensen_onder,
        boven_met(sum(zonder), sum(boven), toeval_uit(sum(spreiding))) as mensen_boven,
        coalesce(boven_met(sum(nodig) filter (onbekend), sum(hoogstens) filter (onbekend), toeval_uit(sum(nodig_spreiding) filter (onbekend))), 0) as onbekend_tot
    from cel
    group by code
)

select
    r.code, r.groep, r.titel, e.graad, e.reden, e.bron as eis_bron, e.jaar as eis_jaar, e.merk as eis_merk, e.geleverd, e.eigen,
    coalesce(s.status, 'onbekend') as status,
    case
        when s.hoe = 'onbekend' and r.meetbaar = 'afstand'
            and exists (select 1 from randvoorwaarde_indicator i where i.randvoorwaarde = r.code)
            and not exists (select 1 from randvoorwaarde_indicator i where i.randvoorwaarde = r.code and i.vanaf <= r.norm_m) then 'te grof'
        else coalesce(s.hoe, 'onbekend')
    end as hoe_bekend,
    s.indicator, s.waarde, s.aandeel, s.onder, s.boven, s.jaar, r.norm_m, r.meetnoot, r.hoe_uitzoeken,
    n.mensen, n.mensen_onder, n.mensen_boven, n.onbekend_tot, (select minimum from regel) as minimum,
    case when s.status <> 'onbekend' and s.jaar is not null then bronregel(s.bron, s.jaar) end as bron
from eis e
join randvoorwaarde r on r.code = e.randvoorwaarde
left join geteld n on n.code = r.code
left join status_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) s on s.randvoorwaarde = r.code
where e.doelgroep = $doelgroep and e.mantelzorg = $mantelzorg and e.graad <> '-'
order by r.volgorde;
