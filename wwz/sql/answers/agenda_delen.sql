-- In welke delen een gebied uiteenvalt: hoeveel gemeenten, wijken en buurten er helemaal in liggen, en hoeveel buurten
-- die samen hebben. $buurten: codes. Eén rij per niveau dat voorkomt.

with heel as (
    select g.code, g.niveau, count(*) as buurten
    from gebied g
    join gebied_buurt l on l.gebied = g.code
    where g.niveau in ('gemeente', 'wijk', 'buurt')
    group by g.code, g.niveau
    having bool_and(l.buurt in (select unnest($buurten)))
)

select niveau, count(*) as gebieden, sum(buurten)::bigint as buurten
from heel
group by niveau
order by niveau;
