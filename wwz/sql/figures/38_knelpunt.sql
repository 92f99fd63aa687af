-- Hoeveel mensen per buurt missen minstens één noodzakelijke randvoorwaarde waarvan bekend is of zij er is?

-- Marge van een product van drie getallen die los van elkaar onzeker zijn: elk draagt zijn eigen afwijking bij.
create macro productmarge(a, da, b, db, c, dc) as sqrt(pow(da * b * c, 2) + pow(a * db * c, 2) + pow(a * b * dc, 2));

-- De omvang van elke doelgroep per buurt, nieuwste jaar; mensen met onder- en bovengrens.
create table doelgroep_buurt as
select
    c.gebied as buurt, d.doelgroep, c.jaar, c.teller as mensen,
    least(c.teller, c.onder * c.noemer / i.per) as mensen_onder, greatest(c.teller, c.boven * c.noemer / i.per) as mensen_boven
from (select distinct doelgroep from eis) d
join indicator i on i.code = 'dg_' || replace(d.doelgroep, '-', '_')
join cijfer c on c.indicator = i.code and c.teller is not null
join gebied g on g.code = c.gebied and g.niveau = 'buurt'
qualify row_number() over (partition by c.gebied, d.doelgroep order by c.jaar desc) = 1;

-- Mensen per doelgroep en mantelzorgsituatie. buurten: codes, of een lege lijst voor alle.
create macro mensen_met(buurten) as table
select
    d.buurt, d.doelgroep, m.mantelzorg, d.jaar, d.mensen, d.mensen_onder, d.mensen_boven, m.aandeel as mz, least(m.onder, m.aandeel) as mz_onder,
    greatest(m.boven, m.aandeel) as mz_boven
from doelgroep_buurt d
join mantelzorg_aandeel m on m.gebied = d.buurt and m.doelgroep = d.doelgroep
where len(buurten) = 0 or d.buurt in (select unnest(buurten));

-- Per buurt, doelgroep en mantelzorgsituatie: wie minstens één noodzakelijke randvoorwaarde mist. Midden: alsof het een
-- los van het ander ontbreekt. Ondergrens: alsof steeds dezelfde mensen iets missen. Bovengrens: steeds anderen.
-- met_aanname: of ook telt wat alleen op een ruwe aanname rust (zie is_aanname).
create macro zonder_met(buurten, met_aanname, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
with cel as (
    select
        p.buurt, p.doelgroep, p.mantelzorg, any_value(p.jaar) as jaar, any_value(p.mensen) as mensen, any_value(p.mensen_onder) as mensen_onder,
        any_value(p.mensen_boven) as mensen_boven, any_value(p.mz) as mz, any_value(p.mz_onder) as mz_onder, any_value(p.mz_boven) as mz_boven,
        1 - product(1 - t.aandeel) as deel, max(t.onder) as deel_onder, least(1, sum(t.boven)) as deel_boven
    from mensen_met(buurten) p
    join eis e on e.doelgroep = p.doelgroep and e.mantelzorg = p.mantelzorg and e.graad = 'N'
    join doelgroep_cluster d on d.doelgroep = p.doelgroep
    join tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
        on t.buurt = p.buurt and t.randvoorwaarde = e.randvoorwaarde and t.leeftijd = leeftijd_van(d.cluster) and t.aandeel is not null
        and (met_aanname or not is_aanname(t.hoe))
    group by p.buurt, p.doelgroep, p.mantelzorg
)

select
    buurt, doelgroep, mantelzorg, jaar, mensen * mz * deel as mensen,
    greatest(0, mensen * mz * deel - productmarge(mensen, mensen - mensen_onder, mz, mz - mz_onder, deel, deel - least(deel, deel_onder))) as onder,
    least(
        mensen_boven, mensen * mz * deel + productmarge(mensen, mensen_boven - mensen, mz, mz_boven - mz, deel, greatest(deel, deel_boven) - deel)
    ) as boven
from cel;

insert into cijfer
with per_cluster as (
    select z.buurt, d.cluster, max(z.jaar) as jaar, sum(z.mensen) as mensen, sum(z.onder) as onder, sum(z.boven) as boven
    from zonder_met(
        [], true, (select coalesce(list(gebied), []) from opgave), (select coalesce(list(randvoorwaarde), []) from opgave), (select coalesce(list(status), []) from opgave),
        (select coalesce(list(aandeel), []) from opgave), (select coalesce(list(jaar), []) from opgave)
    ) z
    join doelgroep_cluster d on d.doelgroep = z.doelgroep
    group by z.buurt, d.cluster
),

-- Wie bij meer clusters hoort, telt dubbel mee. Ondergrens: alleen het grootste cluster.
som as (
    select buurt, max(jaar) as jaar, sum(mensen) as mensen, max(onder) as onder, sum(boven) as boven
    from per_cluster
    group by buurt
),

inwoners as (
    select gebied, jaar, waarde
    from variabele_gebied
    where variabele = 'inwoners'
    qualify row_number() over (partition by gebied order by jaar desc) = 1
)

select
    s.buurt as gebied, i.code as indicator, s.jaar, s.mensen as teller, n.waarde as noemer, i.per * s.mensen / n.waarde as waarde,
    i.per * s.onder / n.waarde as onder, least(i.per, i.per * s.boven / n.waarde) as boven, 'berekend' as marge_uit,
    'geschat' as soort, 'eigen' as bron, 'berekend' as wijze, n.jaar as noemer_jaar, 1.0 as dekking, false as geteld
from som s
join indicator i on i.code = 'zonder_noodzakelijk'
join inwoners n on n.gebied = s.buurt and n.waarde > 0 and s.mensen <= n.waarde;
