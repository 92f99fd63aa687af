-- Hoeveel mensen er per doelgroep en mantelzorgsituatie zijn, en hoe hun marges samengaan.

-- Marge van een product van drie getallen die los van elkaar onzeker zijn: elk draagt zijn eigen afwijking bij.
create macro productmarge(a, da, b, db, c, dc) as sqrt(pow(da * b * c, 2) + pow(a * db * c, 2) + pow(a * b * dc, 2));

-- Mensen per doelgroep en mantelzorgsituatie. buurten: codes, of een lege lijst voor alle. alle_onder, alle_boven: de
-- grenzen van alle situaties samen, om de grenzen van enkele samen te maken (mz_samen_onder): iedereen zit in een van
-- de situaties.
create macro mensen_met(buurten) as table
select
    d.buurt, d.doelgroep, m.mantelzorg, d.jaar, d.mensen, d.mensen_onder, d.mensen_boven, d.geteld, m.aandeel as mz,
    least(m.onder, m.aandeel) as mz_onder,
    greatest(m.boven, m.aandeel) as mz_boven, sum(least(m.onder, m.aandeel)) over w as alle_onder,
    sum(greatest(m.boven, m.aandeel)) over w as alle_boven
from doelgroep_buurt d
join mantelzorg_aandeel m on m.gebied = d.buurt and m.doelgroep = d.doelgroep
where len(buurten) = 0 or d.buurt in (select unnest(buurten))
window w as (partition by d.buurt, d.doelgroep);

-- Het deel in een paar situaties samen is minstens wat de andere overlaten, en hooguit ook.
create macro mz_samen_onder(som, onder, boven, alle_boven) as least(som, greatest(onder, 1 - (alle_boven - boven)));

create macro mz_samen_boven(som, onder, boven, alle_onder) as greatest(som, least(1, boven, 1 - (alle_onder - onder)));

-- Een deel van een aantal mensen, allebei met een marge: de grenzen van het product. Meer dan het hele aantal kan niet.
create macro deel_onder(mensen, mensen_onder, deel, deel_onder) as ondergrens(
    mensen * deel - productmarge(mensen, mensen - mensen_onder, deel, deel - deel_onder, 1, 0)
);

create macro deel_boven(mensen, mensen_boven, deel, deel_boven) as hooguit(
    mensen * deel + productmarge(mensen, mensen_boven - mensen, deel, deel_boven - deel, 1, 0), mensen_boven
);

-- Wie van een doelgroep de randvoorwaarden nodig heeft: niet altijd iedereen (tabel doelgroep_vraag). groep: de hele
-- doelgroep. Van een deel van een telling is onzeker wie erbij hoort: dan is het geen telling meer.
create macro vraag_met(buurten) as table
select
    p.* replace (
        p.mensen * v.deel as mensen, deel_onder(p.mensen, p.mensen_onder, v.deel, v.onder) as mensen_onder,
        deel_boven(p.mensen, p.mensen_boven, v.deel, v.boven) as mensen_boven, p.geteld and v.deel = 1 as geteld
    ),
    p.mensen as groep
from mensen_met(buurten) p
join doelgroep_vraag v on v.doelgroep = p.doelgroep;

-- Wie een randvoorwaarde nodig heeft, per buurt, doelgroep en graad; de mantelzorgsituaties met die graad samen. Er
-- zijn maar een paar verschillende groepen van situaties: die worden eerst opgeteld, en dan pas naast elke
-- randvoorwaarde gezet.
create macro nodig_met(buurten) as table
with opgeteld as (
    select
        p.buurt, p.doelgroep, s.situaties, max(p.jaar) as jaar, max(p.groep) as groep,
        max(p.mensen) as mensen, max(p.mensen_onder) as mensen_onder,
        max(p.mensen_boven) as mensen_boven, bool_or(p.geteld) as geteld, sum(p.mz) as mz,
        mz_samen_onder(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), max(p.alle_boven)) as mz_onder,
        mz_samen_boven(sum(p.mz), sum(p.mz_onder), sum(p.mz_boven), max(p.alle_onder)) as mz_boven,
        string_agg(p.mantelzorg, '|' order by p.mantelzorg) as mantelzorg
    from vraag_met(buurten) p
    join eis_situatie s on s.doelgroep = p.doelgroep and s.mantelzorg = p.mantelzorg
    group by p.buurt, p.doelgroep, s.situaties
)

select
    o.buurt, o.doelgroep, o.jaar, o.groep, o.mensen, o.mensen_onder, o.mensen_boven, o.geteld, g.randvoorwaarde,
    g.graad, o.mz, o.mz_onder, o.mz_boven, o.mantelzorg, g.eigen_eis
from opgeteld o
join eis_gevraagd g on g.doelgroep = o.doelgroep and g.situaties = o.situaties;
