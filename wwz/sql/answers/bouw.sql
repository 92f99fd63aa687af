-- Wanneer en waaruit deze database is gemaakt. Eén rij.

with hier as (
    select
        string_agg(naam, ', ' order by naam) filter (niveau = 'gemeente') as gemeenten,
        count(*) filter (niveau = 'gemeente') as aantal_gemeenten, count(*) filter (niveau = 'wijk') as aantal_wijken,
        count(*) filter (niveau = 'buurt') as aantal_buurten
    from gebied
)

select
    b.gebouwd_op, b.fictief, b.naam, b.kenmerk, s.jaar as indeling, s.met_grens, h.gemeenten, h.aantal_gemeenten,
    h.aantal_wijken, h.aantal_buurten, r.minimum,
    -- Zonder grenzen is er geen kaart, en dus geen bron van een kaart.
    case when s.met_grens then bronregel('grenzen', s.jaar) else '' end as bron_grenzen,
    -- Wie genoemd wordt waar punten van OpenStreetMap op staan; leeg zonder zulke punten.
    coalesce((select max(regexp_extract(tekst, '© OpenStreetMap[^;]*')) from herkomst where bron = 'punten'), '')
        as bron_punten
from bouw b
cross join regel r
cross join hier h
left join indeling_op_scherm s on true;
