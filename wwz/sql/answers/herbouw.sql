-- Waaruit deze database is gemaakt: de mappen met invoer (soort map, op volgorde), en hoe de eigen gegevens van de
-- gemeente er toen uitzagen (soort eigen; kenmerk leeg als het bestand er niet was).

select soort, naam, kenmerk from herbouw order by rowid;
