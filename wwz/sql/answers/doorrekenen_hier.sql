-- Welke afstanden in een gebied zijn gemeten voor iemand die er woont. $buurten: codes.

select distinct i.bereik, i.meter
from bereik_marge i
where i.buurt in (select unnest($buurten)) and i.groep = 'inwoners' and i.binnen is not null
    and exists (select 1 from woonplek w where w.buurt = i.buurt and w.gewicht > 0)
order by all;
