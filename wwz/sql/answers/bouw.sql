-- Wanneer en waaruit deze database is gemaakt. Eén rij.

select
    b.gebouwd_op, b.fictief, b.naam, b.kenmerk,
    (select jaar from indeling_op_scherm) as indeling,
    (select met_grens from indeling_op_scherm) as met_grens,
    (select string_agg(naam, ', ' order by naam) from gebied where niveau = 'gemeente') as gemeenten,
    (select count(*) from gebied where niveau = 'gemeente') as aantal_gemeenten,
    (select count(*) from gebied where niveau = 'wijk') as aantal_wijken,
    (select count(*) from gebied where niveau = 'buurt') as aantal_buurten,
    (select minimum from regel) as minimum,
    -- Zonder grenzen is er geen kaart, en dus geen bron van een kaart.
    case
        when (select met_grens from indeling_op_scherm) then bronregel('grenzen', (select jaar from indeling_op_scherm))
        else ''
    end as bron_grenzen,
    -- Wie genoemd wordt waar punten van OpenStreetMap op staan; leeg zonder zulke punten.
    coalesce((select max(regexp_extract(tekst, '© OpenStreetMap[^;]*')) from herkomst where bron = 'punten'), '')
        as bron_punten
from bouw b;
