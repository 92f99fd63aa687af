-- Alle voorzieningen met een plaats, in graden.

select soort, lat, lon from punt where lat is not null and lon is not null order by soort, lat, lon;
