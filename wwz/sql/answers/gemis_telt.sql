-- Over welke randvoorwaarden "mist iets noodzakelijks" gaat, per gebied van een niveau (figures/79_gemis_telt.sql).
-- $binnen: codes; $niveau. Alleen gebieden waarvan iets bekend is.

select t.gebied, t.telt
from gemis_telt t
join gebieden_in($binnen, $niveau) g on g.code = t.gebied
order by t.gebied;
