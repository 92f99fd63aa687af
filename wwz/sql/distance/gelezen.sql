-- Voorzieningen zoals gelezen, in vaste volgorde.

select soort, naam, lat, lon, postcode, huisnummer, rand, rolstoel, bestand
from punt_gelezen
order by bestand, soort, naam, lat, lon;
