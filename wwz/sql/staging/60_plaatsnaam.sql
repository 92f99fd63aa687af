-- Wat op het scherm staat, is de gangbare naam van een gemeente (knowledge/plaatsnamen.toml). Pas hier: bestanden en
-- indelingen zijn dan al aan elkaar geknoopt, op code en op de officiële naam.
-- officieel: de officiële naam; ook: andere namen om de gemeente mee te vinden, leeg bij een wijk of buurt.
-- Ook een wijk heet hier zoals mensen haar noemen, overal hetzelfde: zonder het nummer dat het CBS voor veel wijken zet
-- (Wijk 26 Bezuidenhout) en dat wij zetten waar een bron geen naam geeft (40_gebied). Heten twee wijken van een
-- gemeente dan gelijk, dan houden zij het.

create macro zonder_gemeente(naam) as regexp_replace(naam, '\s*\(gemeente\)\s*$', '', 'i');

alter table gebied add column officieel varchar;
alter table gebied add column ook varchar;

create macro zonder_nummer(naam) as regexp_replace(
    regexp_replace(naam, '^Wijk \d\d \((.+)\)$', '\1'), '^Wijk \d\d ([^(].*)$', '\1'
);

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

update gebied set officieel = naam where niveau = 'wijk';

update gebied set naam = zonder_nummer(gebied.naam)
from (
    select gemeente, zonder_nummer(naam) as kort from gebied where niveau = 'wijk' group by all having count(*) = 1
) k
where gebied.niveau = 'wijk' and k.gemeente = gebied.gemeente and k.kort = zonder_nummer(gebied.naam);
