-- De omvang van elke doelgroep per buurt, nieuwste jaar; mensen met onder- en bovengrens; geteld: door de gemeente
-- zelf.
create table doelgroep_buurt as
select
    c.gebied as buurt, k.doelgroep, c.jaar, c.teller as mensen,
    least(c.teller, c.onder * c.noemer / i.per) as mensen_onder,
    greatest(c.teller, c.boven * c.noemer / i.per) as mensen_boven,
    c.wijze = 'opgegeven' and c.geteld as geteld
from doelgroep_cluster k
join indicator i on i.code = k.indicator
join cijfer c on c.indicator = i.code and c.teller is not null
join gebied g on g.code = c.gebied and g.kleinste
qualify row_number() over (partition by c.gebied, k.doelgroep order by c.jaar desc) = 1;
