-- Wat op het scherm staat, is de gangbare naam van een gemeente (knowledge/plaatsnamen.toml). Pas hier: bestanden en
-- indelingen zijn dan al aan elkaar geknoopt, op code en op de officiële naam.
-- officieel: de officiële naam; ook: andere namen om de gemeente mee te vinden. Beide leeg bij een wijk of buurt.

create macro zonder_gemeente(naam) as regexp_replace(naam, '\s*\(gemeente\)\s*$', '', 'i');

alter table gebied add column officieel varchar;
alter table gebied add column ook varchar;

update gebied set naam = zonder_gemeente(naam), officieel = zonder_gemeente(naam) where niveau = 'gemeente';
update gebied set gemeentenaam = zonder_gemeente(gemeentenaam);

update gebied set ook = p.ook
from plaatsnaam p
where gebied.niveau = 'gemeente' and lower(p.officieel) = lower(gebied.naam);

update gebied set naam = p.naam
from plaatsnaam p
where gebied.niveau = 'gemeente' and lower(p.officieel) = lower(gebied.naam);

update gebied set gemeentenaam = p.naam
from plaatsnaam p
where lower(p.officieel) = lower(gebied.gemeentenaam);
