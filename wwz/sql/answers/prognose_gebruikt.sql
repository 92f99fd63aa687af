-- Met welke prognose de toekomst is berekend. Eén rij per gemeente met een eigen prognose: wie, bron, wanneer, jaren.

select
    p.gemeente, any_value(g.naam) as naam, any_value(p.wie) as wie, any_value(p.bron) as bron,
    max(p.wanneer) as wanneer, list(distinct p.jaar order by p.jaar) as jaren
from eigen_prognose p
join gebied g on g.code = p.gemeente
group by p.gemeente
order by p.gemeente;
