-- Aanvullende bescherming: een verborgen aantal mag ook niet uit totalen en verschillen te rekenen zijn.
--
-- own/countsprotect.py zet elk te klein aantal in een groep (verborgen_cel) en bewaart alleen het totaal van die groep.
-- Hier geldt één regel voor elk groter gebied, ook een eigen gebied: het totaal is alleen te zien als elke groep er
-- helemaal in of helemaal buiten ligt. Alles wat te zien is, is dan een optelling van open getallen en van groepen in
-- hun geheel. Een deel van een groep volgt daar nooit uit.

-- De buurten van elke groep.
create table verborgen_lid as
select distinct c.indicator, c.jaar, c.groep, b.buurt
from verborgen_cel c
join gebied_buurt b on b.gebied = c.gebied;
