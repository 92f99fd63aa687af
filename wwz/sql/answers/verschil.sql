-- Welke verschillen er echt zijn: hoe het tweede cijfer van elk paar bij het eerste afsteekt (rules/23_verschil.sql).
-- Alle parameters zijn lijsten, even lang, een plek per paar: $waarde, $onder en $boven in de eenheid van het cijfer,
-- $marge_uit en $niveau (buurt, wijk, gemeente, land of eigen) van het eerste; $ander… van het tweede; $samen: of beide
-- in dezelfde gemeente liggen. Eén rij per paar, in volgorde.

with paar as (
    select
        unnest(range(len($waarde))) as nummer, unnest($waarde)::double as waarde, unnest($onder)::double as onder,
        unnest($boven)::double as boven, unnest($marge_uit)::varchar as marge_uit, unnest($niveau)::varchar as niveau,
        unnest($ander)::double as ander, unnest($ander_onder)::double as ander_onder,
        unnest($ander_boven)::double as ander_boven, unnest($ander_uit)::varchar as ander_uit,
        unnest($ander_niveau)::varchar as ander_niveau, unnest($samen)::boolean as samen
)

select
    nummer,
    verschil_woord(waarde, onder, boven, ander, ander_onder, ander_boven,
        fout_gedeeld(marge_uit, niveau, ander_uit, ander_niveau, samen)) as woord
from paar
order by nummer;
