-- De leeftijden van 65+ die per postcode zijn geteld, naast haar buurten en kenmerken, om te ijken: één rij per
-- postcode en kenmerk (leeg waar er geen is).

select sleutel, gemeente, ouderen, inwoners, geteld, alle_geteld, vanaf_75, vanaf_85, van_gemeente, kenmerk, waarde
from leeftijd_ijk
order by sleutel, kenmerk;
