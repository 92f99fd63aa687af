-- Wat er in een database zit: buurten, wijken en gemeenten samen, cijfers, en of het de fictieve regio is. Eén rij. De
-- tabellen heten zo in elke versie.

select
    (select count(*) from gebied where niveau in ('buurt', 'wijk', 'gemeente')) as gebieden,
    (select count(*) from cijfer) as cijfers,
    (select coalesce(bool_or(fictief), false) from bouw) as fictief;
