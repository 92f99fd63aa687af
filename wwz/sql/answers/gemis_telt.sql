-- Over welke randvoorwaarden "mist iets noodzakelijks" gaat, per gebied van een niveau (figures/79_gemis_telt.sql).
-- $binnen: codes; $niveau. Alleen gebieden waarvan iets bekend is.

with leden as (
    select distinct buurt from gebied_buurt where gebied in (select unnest($binnen))
)

select t.gebied, t.telt
from gemis_telt t
join gebied g on g.code = t.gebied and g.niveau = $niveau
where t.gebied in (select b.gebied from gebied_buurt b join leden using (buurt))
order by t.gebied;
