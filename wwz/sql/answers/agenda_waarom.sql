-- Waarom dit getal? De drie getallen waaruit het aantal mensen zonder een randvoorwaarde volgt, per doelgroep en
-- mantelzorgsituatie, over de buurten waar bekend is of zij er is. mensen x mantelzorg x zonder = uitkomst, precies.
-- $buurten: codes; $randvoorwaarde, $graad (N of W); $o_…: wat de gemeente opgeeft. aandelen van 0 tot 1.
-- mantelzorg_soort: geschat of anders; hoe: waaruit het deel zonder bekend is.

with cel as (
    select
        p.buurt, p.doelgroep, p.mantelzorg, p.jaar, p.mensen, p.mensen_onder, p.mensen_boven, p.mz, p.mz_onder, p.mz_boven, m.soort as mantelzorg_soort,
        t.aandeel, t.onder as zonder_onder, t.boven as zonder_boven, t.hoe, t.bron, t.jaar as zonder_jaar
    from mensen_met($buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = $graad and e.randvoorwaarde = $randvoorwaarde
    join mantelzorg_aandeel m on m.gebied = p.buurt and m.doelgroep = p.doelgroep and m.mantelzorg = p.mantelzorg
    join tekort_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) t
        on t.buurt = p.buurt and t.randvoorwaarde = e.randvoorwaarde and t.aandeel is not null
)

select
    doelgroep, mantelzorg, max(jaar) as jaar, sum(mensen) as mensen, sum(mensen_onder) as mensen_onder, sum(mensen_boven) as mensen_boven,
    sum(mensen * mz) / nullif(sum(mensen), 0) as mz, sum(mensen * mz_onder) / nullif(sum(mensen), 0) as mz_onder,
    sum(mensen * mz_boven) / nullif(sum(mensen), 0) as mz_boven, max(mantelzorg_soort) as mantelzorg_soort,
    sum(mensen * mz * aandeel) / nullif(sum(mensen * mz), 0) as zonder,
    sum(mensen * mz * zonder_onder) / nullif(sum(mensen * mz), 0) as zonder_onder,
    sum(mensen * mz * zonder_boven) / nullif(sum(mensen * mz), 0) as zonder_boven,
    case when count(distinct hoe) > 1 then 'gemengd' else max(hoe) end as hoe, max(zonder_jaar) as zonder_jaar,
    sum(mensen * mz * aandeel) as uitkomst,
    sum(greatest(0, mensen * mz * aandeel - productmarge(mensen, mensen - mensen_onder, mz, mz - mz_onder, aandeel, aandeel - zonder_onder))) as onder,
    sum(least(mensen_boven * mz_boven, mensen * mz * aandeel + productmarge(mensen, mensen_boven - mensen, mz, mz_boven - mz, aandeel, zonder_boven - aandeel))) as boven,
    count(*) as buurten, max(case when zonder_jaar is not null then bronregel(bron, zonder_jaar) end) as bron
from cel
group by doelgroep, mantelzorg
order by uitkomst desc, doelgroep, mantelzorg;
