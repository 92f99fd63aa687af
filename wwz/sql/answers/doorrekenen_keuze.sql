-- Randvoorwaarden die voor iemand noodzakelijk zijn en met punten zijn gemeten, met de soorten voorzieningen (gescheiden door |) en de norm in meters.

select distinct r.randvoorwaarde as code, v.titel, r.meter as norm_m, b.voorzieningen, v.volgorde
from randvoorwaarde_bereik r
join bereik b on b.code = r.bereik and b.meter = r.meter
join randvoorwaarde v on v.code = r.randvoorwaarde
where exists (select 1 from bereik_buurt t where t.bereik = r.bereik)
    and exists (select 1 from eis e where e.randvoorwaarde = r.randvoorwaarde and e.graad = 'N')
order by v.volgorde;
