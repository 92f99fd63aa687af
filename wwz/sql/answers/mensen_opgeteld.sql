-- Wat een scherm zelf doorrekende, opgeteld naar de regel van rules/20_macro.sql. $rijen: een lijst met sleutel,
-- buurt, cluster, mensen, onder, boven en spreiding. Eén rij per sleutel: mensen, onder en boven met toeval;
-- verborgen: of het om te weinig mensen gaat om te tonen.

with gerekende_rij as (
    select unnest(
        $rijen::struct(
            sleutel varchar, buurt varchar, cluster varchar, mensen double, onder double, boven double, spreiding double
        )[],
        recursive := true
    )
)

select sleutel, aantal as mensen, aantal_onder as onder, aantal_boven as boven, verborgen
from mensen_per('gerekende_rij')
order by sleutel;
