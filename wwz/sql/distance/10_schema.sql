-- Per buurt, bereik en groep (inwoners of 65plus): het deel dat een voorziening binnen zo veel meter heeft (0 tot 1).
-- binnen_weinig en binnen_veel: met een grotere en een kleinere omweg. rand: deel dat nu buiten bereik valt, maar zo
-- dicht bij de rand van de gegevens woont dat er net daarbuiten een voorziening kan zijn. mediaan: meters over straat,
-- leeg als de helft er niet kan komen. netwerk: deel dat langs looproutes is gemeten.

create table bereik_groep (
    buurt varchar, bereik varchar, groep varchar, meter integer, binnen double, binnen_weinig double,
    binnen_veel double, rand double,
    mediaan double, punten bigint, herkomst varchar, netwerk double, voorzieningen integer
);

create table buurt_omweg as
select
    row_number() over (order by g.code) - 1 as nr, g.code as buurt,
    coalesce(o.factor, (select omweg_standaard from afstandregel)) as factor
from gebied g
left join nieuwste_van(['stedelijkheid']) s on s.gebied = g.code
left join omweg o on o.stedelijkheid = s.waarde
where g.kleinste;

-- Hoe de mensen in een buurt over de afstanden verdeeld zijn, om elke mediaan te kunnen maken: sommen van gewicht, van
-- alle inwoners en van 65-plussers. nr: de buurt, zoals in buurt_omweg. klasse: meters, in stappen van klasse_m; leeg
-- is onbereikbaar. laag: de kleinste afstand die het kan zijn; hoog: de grootste.
create table bereik_klasse (
    nr integer, bereik varchar, klasse integer, midden double, midden_65 double, laag double, laag_65 double,
    hoog double, hoog_65 double
);

-- Het gewicht van iedereen in een buurt.
create table bereik_gewicht (nr integer, bereik varchar, groep varchar, totaal double);

-- Waar mensen wonen (RD-meters). gewicht en gewicht_65 verdelen de inwoners en de 65-plussers van een buurt over haar
-- punten.
create table woonplek (buurt varchar, x double, y double, gewicht double, gewicht_65 double);
