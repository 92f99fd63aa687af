-- Per buurt en bereik: het deel van de inwoners dat een voorziening binnen zo veel meter heeft (0 tot 1).
-- binnen_weinig en binnen_veel: met een grotere en een kleinere omweg. rand: deel dat nu buiten bereik valt, maar zo
-- dicht bij de rand van de gegevens woont dat er net daarbuiten een voorziening kan zijn. mediaan: meters over straat.

create table bereik_buurt (
    buurt varchar, bereik varchar, meter integer, binnen double, binnen_weinig double, binnen_veel double, rand double,
    mediaan double, punten bigint, herkomst varchar, voorzieningen integer
);

create table buurt_omweg as
select g.code as buurt, coalesce(o.factor, (select omweg_standaard from meetregel)) as factor
from gebied g
left join (
    select gebied, waarde
    from variabele_gebied
    where variabele = 'stedelijkheid'
    qualify row_number() over (partition by gebied order by jaar desc) = 1
) s on s.gebied = g.code
left join omweg o on o.stedelijkheid = s.waarde
where g.niveau = 'buurt';

-- Waar mensen wonen: adressen of getekende punten (RD-meters). gewicht verdeelt de inwoners van een buurt over haar punten.
create table woonplek (buurt varchar, x double, y double, gewicht double);
