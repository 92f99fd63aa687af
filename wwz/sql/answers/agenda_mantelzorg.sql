-- Mantelzorgsituatie van de mensen in de doelgroepen van een gebied. $buurten: codes.
-- Eén rij per situatie; aandeel, onder, boven in procenten.

select
    mantelzorg, 100 * sum(mensen * mz) / sum(sum(mensen * mz)) over () as aandeel,
    100 * sum(mensen * mz_onder) / sum(sum(mensen * mz)) over () as onder,
    100 * sum(mensen * mz_boven) / sum(sum(mensen * mz)) over () as boven
from mensen_met($buurten)
group by mantelzorg
having sum(mensen * mz) >= (select minimum from regel)
order by list_position(['inwonend', 'uitwonend', 'geen'], mantelzorg);
