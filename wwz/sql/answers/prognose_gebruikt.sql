-- Met welke prognose de toekomst is berekend. Eén rij per gemeente met een eigen prognose: wie, bron, wanneer, jaren.

select
    p.gemeente, g.naam, p.wie, p.bron, p.wanneer, list(distinct p.jaar order by p.jaar) as jaren
from eigen_prognose p
join gebied g on g.code = p.gemeente
group by p.gemeente, g.naam, p.wie, p.bron, p.wanneer
order by p.gemeente;
