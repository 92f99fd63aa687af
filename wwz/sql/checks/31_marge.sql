-- De waarde ligt binnen haar eigen marge.

select gebied, indicator, jaar, onder, waarde, boven
from cijfer
where onder > waarde + 1e-9 or boven < waarde - 1e-9
order by all;
