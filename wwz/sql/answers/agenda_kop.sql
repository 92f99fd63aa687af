-- Hoeveel mensen in een gebied minstens één noodzakelijke randvoorwaarde missen waarvan de status bekend is.
-- $buurten: codes; $o_…: wat de gemeente opgeeft. Eén rij. mensen, onder, boven: alles wat bekend is, ook wat op een
-- ruwe aanname rust; gemeten, gemeten_onder, gemeten_boven: alleen wat gemeten of opgegeven is. Leeg waar niets bekend
-- is, en waar het om te weinig mensen gaat (verborgen, gemeten_verborgen). aanwezig: van hoeveel doelgroepen de omvang
-- bekend is.

select
    s.mensen::double as mensen, s.onder::double as onder, s.boven::double as boven,
    coalesce(s.verborgen, false) as verborgen,
    g.mensen::double as gemeten, g.onder::double as gemeten_onder, g.boven::double as gemeten_boven,
    coalesce(g.verborgen, false) as gemeten_verborgen,
    (select count(distinct doelgroep) from mensen_met($buurten)) as aanwezig, r.minimum
from regel r
left join gemis_per($buurten, true, ['samen'], $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) s on true
left join gemis_per($buurten, false, ['samen'], $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) g on true;
