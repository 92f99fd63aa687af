-- Voorzieningen uit de bestanden, nagekeken en zonder dubbele, voordat de gemeente er iets aan wijzigde: kenmerk,
-- soort, naam, plaats (graden), of een rolstoel er binnenkomt (ja, deels, nee of leeg) en bestand.
-- $soort: code, of leeg voor alle.

select id, soort, naam, lat, lon, rolstoel, bestand, 'bestand' as herkomst
from punt_bestand
where $soort = '' or soort = $soort
order by soort, naam, lat, lon;
