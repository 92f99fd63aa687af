-- Vierkanten van 100 meter: het midden (RD-meters), inwoners en 65-plussers. Leeg is geheim, niet nul.
-- Staat een vierkant in meer bestanden, dan telt het laatste (op naam, dus op jaar).

select x, y, inwoners, vanaf_65
from vierkant
where coalesce(inwoners, 1) > 0
qualify row_number() over (
    partition by x, y order by bestand desc, inwoners desc nulls last, vanaf_65 desc nulls last
) = 1
order by x, y;
