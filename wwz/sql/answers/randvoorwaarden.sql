-- De randvoorwaarden van een gebied voor één doelgroep in één mantelzorgsituatie, met wat ervan bekend is.
-- $gebied, $doelgroep, $mantelzorg: codes. Eén rij per randvoorwaarde die van toepassing is; waarde in kilometers.

select
    r.code, r.groep, r.titel, s.graad, e.reden, e.bron as eis_bron, e.jaar as eis_jaar, e.merk as eis_merk,
    s.status, s.hoe_bekend, s.indicator, s.waarde, s.jaar, r.norm_m, r.meetnoot, r.hoe_uitzoeken,
    case when s.bron is not null then bronregel(s.bron, s.jaar) end as bron
from randvoorwaarde_status s
join randvoorwaarde r on r.code = s.randvoorwaarde
join eis e on e.doelgroep = s.doelgroep and e.mantelzorg = s.mantelzorg and e.randvoorwaarde = s.randvoorwaarde
where s.gebied = $gebied and s.doelgroep = $doelgroep and s.mantelzorg = $mantelzorg
order by r.volgorde;
