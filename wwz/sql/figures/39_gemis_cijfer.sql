-- Hoeveel mensen missen minstens één noodzakelijke randvoorwaarde waarvan bekend is of zij er is? De kaartlaag van het getal
-- op de Wijkagenda, met wat alleen op een aanname rust erbij. Hier per buurt; grotere gebieden staan in 42_gemis_gebied.sql.

-- Dat getal met wat de gemeente opgaf toen de database werd gebouwd. indeling: zie deel_van; buurten: codes, leeg is alle.
create macro gemis_gebouwd(indeling, buurten) as table
with per_cluster as (
    select v.deel, z.cluster, max(z.jaar) as jaar, sum(z.zonder) as mensen, sum(z.onder) as onder, sum(z.boven) as boven
    from gemis_samen_met(
        buurten, true, indeling, (select coalesce(list(gebied), []) from opgave), (select coalesce(list(randvoorwaarde), []) from opgave),
        (select coalesce(list(status), []) from opgave), (select coalesce(list(aandeel), []) from opgave), (select coalesce(list(jaar), []) from opgave)
    ) z
    join deel_van(indeling) v on v.buurt = z.buurt
    group by v.deel, z.cluster
)

-- Wie bij meer clusters hoort, telt dubbel mee. Ondergrens: alleen het grootste cluster.
select deel, max(jaar) as jaar, sum(mensen) as mensen, max(onder) as onder, sum(boven) as boven
from per_cluster
group by deel;

insert into cijfer
with inwoners as (
    select gebied, jaar, waarde
    from variabele_gebied
    where variabele = 'inwoners'
    qualify row_number() over (partition by gebied order by jaar desc) = 1
)

select
    s.deel as gebied, i.code as indicator, s.jaar, s.mensen as teller, n.waarde as noemer, i.per * s.mensen / n.waarde as waarde,
    i.per * s.onder / n.waarde as onder, least(i.per, i.per * s.boven / n.waarde) as boven, 'gemis' as marge_uit,
    'geschat' as soort, 'eigen' as bron, 'berekend' as wijze, n.jaar as noemer_jaar, 1.0 as dekking, false as geteld
from gemis_gebouwd('kleinste', []) s
join indicator i on i.code = 'zonder_noodzakelijk'
join inwoners n on n.gebied = s.deel and n.waarde > 0 and s.mensen <= n.waarde;
