-- Wat er per buurt en jaar gebouwd of gesloopt wordt: het soort woningen en hun aantal.

select gebied, jaar, soort, sum(woningen) as woningen
from bouwplan
group by gebied, jaar, soort
order by gebied, jaar, soort;
