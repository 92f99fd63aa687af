-- Voorzieningen uit de bestanden, nagekeken en zonder dubbele, voordat de gemeente er iets aan wijzigde: kenmerk,
-- soort, naam, plaats (graden) en bestand. $soort: code, of leeg voor alle.

select id, soort, naam, lat, lon, bestand, 'bestand' as herkomst
from punt_bestand
where $soort = '' or soort = $soort
order by soort, naam, lat, lon;
