-- Bereik als cijfer: welk deel van de inwoners en van de 65-plussers een voorziening binnen zo veel meter over straat
-- heeft, en binnen welke afstand de helft woont.

-- Marge: een grotere of kleinere omweg, niet precies weten waar mensen wonen, en wat er net buiten het gebied kan zijn.
create table bereik_marge as
select
    b.*, greatest(0, least(b.binnen_weinig, b.binnen - w.marge)) as binnen_onder,
    least(1, b.rand + greatest(b.binnen_veel, b.binnen + w.marge)) as binnen_boven
from bereik_groep b
join woonplaats w on w.code = b.herkomst;

-- Hoeveel mensen er in een buurt wonen, per groep, in het nieuwste jaar.
create table bereik_mensen as
select
    v.gebied as buurt, case v.variabele when 'inwoners' then 'inwoners' else '65plus' end as groep, v.jaar,
    v.waarde as mensen
from nieuwste_van(['inwoners', 'leeftijd_65plus']) v
join gebied g on g.code = v.gebied and g.kleinste;
