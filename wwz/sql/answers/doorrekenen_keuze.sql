-- Wat door te rekenen is: elke gemeten afstand, met de soorten voorzieningen (gescheiden door |) en de norm in meters.
-- randvoorwaarde: welke die afstand beslist; leeg als het er geen is. Eerst de randvoorwaarden.

with nodig as (
    select distinct randvoorwaarde from eis where graad = 'N'
)

select
    b.code as bereik, b.titel, b.meter, b.voorzieningen, r.randvoorwaarde, v.titel as voorwaarde,
    n.randvoorwaarde is not null as noodzakelijk
from bereik b
left join randvoorwaarde_bereik r on r.bereik = b.code and r.meter = b.meter
left join randvoorwaarde v on v.code = r.randvoorwaarde
left join nodig n on n.randvoorwaarde = r.randvoorwaarde
where b.code in (select bereik from bereik_buurt)
order by r.randvoorwaarde is null, n.randvoorwaarde is null, b.titel, b.meter;
