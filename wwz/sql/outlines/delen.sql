-- De grenzen van buurten die zelf geen gebied zijn, bij elke wijk en gemeente zonder eigen grens: samen zijn ze haar
-- omtrek.
with buurt as (
    select code, first(grens order by indeling desc, bestand) as grens
    from gebied_lezing
    where code like 'BU%' and grens is not null and (select zo from zonder_buurten)
    group by code
)

select g.code, b.grens
from gebied g
join buurt b on g.code in (wijk_van(b.code), gemeente_van(b.code))
where g.grens is null
order by g.code, b.code;
