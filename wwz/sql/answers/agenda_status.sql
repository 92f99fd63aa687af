-- De status van alle randvoorwaarden in een gebied. $buurten: codes; $o_…: wat de gemeente opgeeft.

select s.*, r.titel, r.groep, r.volgorde, r.meetnoot, r.hoe_uitzoeken, r.norm_m
from status_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) s
join randvoorwaarde r on r.code = s.randvoorwaarde
order by r.volgorde;
