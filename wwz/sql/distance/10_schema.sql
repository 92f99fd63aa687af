-- Per buurt, bereik en groep (inwoners of 65plus): het deel dat een voorziening binnen zo veel meter heeft (0 tot 1).
-- binnen_weinig en binnen_veel: met een grotere en een kleinere omweg. rand: deel dat nu buiten bereik valt, maar zo
-- dicht bij de rand van de gegevens woont dat er net daarbuiten een voorziening kan zijn. mediaan: meters over straat,
-- leeg als de helft er niet kan komen. netwerk: deel dat langs looproutes is gemeten.

create table bereik_groep (
    buurt varchar, bereik varchar, groep varchar, meter integer, binnen double, binnen_weinig double, binnen_veel double, rand double,
    mediaan double, punten bigint, herkomst varchar, netwerk double, voorzieningen integer
);

create view bereik_buurt as
select * exclude (groep) from bereik_groep where groep = 'inwoners';

create table buurt_omweg as
select
    row_number() over (order by g.code) - 1 as nr, g.code as buurt, coalesce(o.factor, (select omweg_standaard from meetregel)) as factor
from gebied g
left join (
    select gebied, waarde
    from variabele_gebied
    where variabele = 'stedelijkheid'
    qualify row_number() over (partition by gebied order by jaar desc) = 1
) s on s.gebied = g.code
left join omweg o on o.stedelijkheid = s.waarde
where g.niveau = 'buurt';

-- Hoe de afstanden binnen een buurt verdeeld zijn, om elke mediaan te kunnen maken. nr: de buurt, zoals in buurt_omweg.
-- klasse: meters, in stappen van klasse_m; leeg is onbereikbaar. kant laag: de kleinste afstand die het kan zijn; hoog: de
-- grootste. deel en deel_65: het deel van de inwoners en van de 65-plussers (leeg als die er niet zijn).
create table bereik_klasse (nr integer, bereik varchar, kant varchar, klasse integer, deel double, deel_65 double);

create view bereik_verdeling as
with groepen as (
    select nr, bereik, 'inwoners' as groep, kant, klasse, deel from bereik_klasse
    union all
    select nr, bereik, '65plus', kant, klasse, deel_65 from bereik_klasse
)

select o.buurt, g.* exclude (nr)
from groepen g
join buurt_omweg o on o.nr = g.nr
where g.deel > 0;

-- Waar mensen wonen (RD-meters). gewicht en gewicht_65 verdelen de inwoners en de 65-plussers van een buurt over haar punten.
create table woonplek (buurt varchar, x double, y double, gewicht double, gewicht_65 double);
