-- Vierkanten waarvan het CBS de afstand tot winkels geeft. Staat er een in meer bestanden, dan telt het nieuwste jaar.

select
    x, y, inwoners, vanaf_65, km_supermarkt, km_winkel, aantal_supermarkt, aantal_winkel, jaar
from vierkant
where coalesce(km_supermarkt, km_winkel, aantal_supermarkt, aantal_winkel) is not null
qualify row_number() over (partition by x, y order by jaar desc nulls last, bestand desc) = 1
order by x, y;
