-- Een prognose die niet bij een gemeente past, telt daar niet mee: dan is zij van andere grenzen, of in een andere
-- eenheid. Wij vergelijken het jaar dat het dichtst bij het nieuwste aantal inwoners ligt. Hoe ver het mag schelen,
-- staat in knowledge/toekomst.toml; na meer jaren mag het meer zijn.

create temp table prognose_vreemd as
with nu as (
    select g.gemeente, max(i.jaar) as jaar, sum(i.inwoners) as inwoners
    from inwoners_nu i
    join gebied g on g.code = i.gebied and g.kleinste
    group by g.gemeente
    having sum(i.inwoners) > 0
),

naast as (
    select p.gemeente, g.naam, p.jaar, p.mensen, nu.jaar as jaar_nu, nu.inwoners, abs(p.jaar - nu.jaar) as jaren
    from prognose_regionaal p
    join nu on nu.gemeente = p.gemeente
    join gebied g on g.code = p.gemeente and g.niveau = 'gemeente'
    where p.van = 0 and p.tot = (select max(tot) from prognose_regionaal)
    qualify row_number() over (partition by p.gemeente order by jaren, p.jaar) = 1
)

select n.*
from naast n
cross join toekomst_regel r
where abs(ln(n.mensen / n.inwoners)) > r.prognose_scheelt + r.prognose_scheelt_per_jaar * n.jaren;

insert into melding
select
    'prognose', 'let_op',
    'De regionale prognose past niet bij ' || naam || ': ' || in_tekst(mensen, 0) || ' inwoners in ' || jaar || ', en '
        || in_tekst(inwoners, 0) || ' in ' || jaar_nu
        || '. Zij telt hier niet mee. Kijk of de grenzen van de gemeente anders zijn, of geef een eigen prognose op.',
    1
from prognose_vreemd
order by gemeente;

delete from prognose_regionaal where gemeente in (select gemeente from prognose_vreemd);

drop table prognose_vreemd;
