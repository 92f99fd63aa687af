-- Hoeveel mensen per buurt missen minstens één noodzakelijke randvoorwaarde waarvan bekend is of zij er is? De kaartlaag van
-- het getal op de Wijkagenda, met wat alleen op een aanname rust erbij.

insert into cijfer
with per_cluster as (
    select z.buurt, z.cluster, max(z.jaar) as jaar, sum(z.zonder) as mensen, sum(z.onder) as onder, sum(z.boven) as boven
    from gemis_samen_met(
        [], true, true, (select coalesce(list(gebied), []) from opgave), (select coalesce(list(randvoorwaarde), []) from opgave), (select coalesce(list(status), []) from opgave),
        (select coalesce(list(aandeel), []) from opgave), (select coalesce(list(jaar), []) from opgave)
    ) z
    group by z.buurt, z.cluster
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
    i.per * s.onder / n.waarde as onder, least(i.per, i.per * s.boven / n.waarde) as boven, 'gemis' as marge_uit,
    'geschat' as soort, 'eigen' as bron, 'berekend' as wijze, n.jaar as noemer_jaar, 1.0 as dekking, false as geteld
from som s
join indicator i on i.code = 'zonder_noodzakelijk'
join inwoners n on n.gebied = s.buurt and n.waarde > 0 and s.mensen <= n.waarde;
