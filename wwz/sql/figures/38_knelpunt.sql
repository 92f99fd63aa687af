-- De omvang van elke doelgroep per buurt en mantelzorgsituatie, met marge: waar de vraag op rust (39_gemis).

-- Marge van een product van drie getallen die los van elkaar onzeker zijn: elk draagt zijn eigen afwijking bij.
create macro productmarge(a, da, b, db, c, dc) as sqrt(pow(da * b * c, 2) + pow(a * db * c, 2) + pow(a * b * dc, 2));

-- De omvang van elke doelgroep per buurt, nieuwste jaar; mensen met onder- en bovengrens; geteld: door de gemeente zelf.
create table doelgroep_buurt as
select
    c.gebied as buurt, d.doelgroep, c.jaar, c.teller as mensen,
    least(c.teller, c.onder * c.noemer / i.per) as mensen_onder, greatest(c.teller, c.boven * c.noemer / i.per) as mensen_boven,
    c.wijze = 'opgegeven' and c.geteld as geteld
from (select distinct doelgroep from eis) d
join indicator i on i.code = 'dg_' || replace(d.doelgroep, '-', '_')
join cijfer c on c.indicator = i.code and c.teller is not null
join gebied g on g.code = c.gebied and g.kleinste
qualify row_number() over (partition by c.gebied, d.doelgroep order by c.jaar desc) = 1;

-- Mensen per doelgroep en mantelzorgsituatie. buurten: codes, of een lege lijst voor alle. alle_onder, alle_boven: de grenzen van
-- alle situaties samen, om de grenzen van enkele samen te maken (mz_samen_onder): iedereen zit in een van de situaties.
create macro mensen_met(buurten) as table
select
    d.buurt, d.doelgroep, m.mantelzorg, d.jaar, d.mensen, d.mensen_onder, d.mensen_boven, d.geteld, m.aandeel as mz, least(m.onder, m.aandeel) as mz_onder,
    greatest(m.boven, m.aandeel) as mz_boven, sum(least(m.onder, m.aandeel)) over w as alle_onder, sum(greatest(m.boven, m.aandeel)) over w as alle_boven
from doelgroep_buurt d
join mantelzorg_aandeel m on m.gebied = d.buurt and m.doelgroep = d.doelgroep
where len(buurten) = 0 or d.buurt in (select unnest(buurten))
window w as (partition by d.buurt, d.doelgroep);

-- Het deel in een paar situaties samen is minstens wat de andere overlaten, en hooguit ook.
create macro mz_samen_onder(som, onder, boven, alle_boven) as least(som, greatest(onder, 1 - (alle_boven - boven)));

create macro mz_samen_boven(som, onder, boven, alle_onder) as greatest(som, least(1, boven, 1 - (alle_onder - onder)));
