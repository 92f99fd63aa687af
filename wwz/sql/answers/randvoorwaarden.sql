-- De randvoorwaarden van een gebied voor één doelgroep in één mantelzorgsituatie, met wat ervan bekend is.
-- $buurten: codes; $doelgroep, $mantelzorg: codes; $o_…: wat de gemeente opgeeft (zie figures/37_tekort.sql).
-- Eén rij per randvoorwaarde die van toepassing is. aandeel, onder, boven: deel van de inwoners zonder (0 tot 1).

select
    r.code, r.groep, r.titel, e.graad, e.reden, e.bron as eis_bron, e.jaar as eis_jaar, e.merk as eis_merk, coalesce(s.status, 'onbekend') as status,
    case
        when s.hoe = 'onbekend' and r.meetbaar = 'afstand' and not r.gemiddelde_beslist
            and r.code in (select randvoorwaarde from randvoorwaarde_indicator) then 'te grof'
        else coalesce(s.hoe, 'onbekend')
    end as hoe_bekend,
    s.indicator, s.waarde, s.aandeel, s.onder, s.boven, s.jaar, r.norm_m, r.meetnoot, r.hoe_uitzoeken,
    case when s.status <> 'onbekend' and s.jaar is not null then bronregel(s.bron, s.jaar) end as bron
from eis e
join randvoorwaarde r on r.code = e.randvoorwaarde
left join status_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) s on s.randvoorwaarde = r.code
where e.doelgroep = $doelgroep and e.mantelzorg = $mantelzorg and e.graad <> '-'
order by r.volgorde;
