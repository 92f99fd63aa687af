-- Elk cijfer staat er één keer: gebied, indicator en jaar zijn samen uniek.

select gebied, indicator, jaar, count(*) as aantal from cijfer group by all having count(*) > 1 order by all;
