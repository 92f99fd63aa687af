-- Per buurt en soort ondersteuning het kleinste gebied eromheen waarvan gepubliceerd is hoeveel mensen haar gebruiken,
-- het nieuwste jaar; bit: welke soort; telgebied, niveau: dat gebied; mensen: zijn gebruikers, zonder die van kleinere
-- gebieden daarin die zelf geteld zijn.

with telling as (
    select s.bit, v.gebied, v.jaar, v.waarde as mensen
    from gebruik_soort s
    join variabele_gebied v on v.variabele = s.variabele
    where v.waarde is not null
    union all
    select s.bit, c.gebied, c.jaar, c.teller
    from gebruik_soort s
    join cijfer c on c.indicator = s.indicator
    where c.soort = 'gepubliceerd' and c.teller is not null
),

nieuw as (
    select t.bit, t.gebied, g.niveau, g.wijk, g.gemeente, t.mensen
    from telling t
    join gebied g on g.code = t.gebied and g.niveau in ('buurt', 'wijk', 'gemeente')
    qualify row_number() over (partition by t.bit, t.gebied order by t.jaar desc) = 1
),

kleinste as (
    select n.bit, l.buurt, n.gebied, n.niveau, n.mensen
    from nieuw n
    join gebied_buurt l on l.gebied = n.gebied
    qualify row_number() over (
        partition by n.bit, l.buurt order by list_position(['buurt', 'wijk', 'gemeente'], n.niveau)
    ) = 1
),

-- De gebieden die zelf tellen, en die van hen die in geen ander geteld gebied liggen dan een gemeente.
telt as (
    select distinct n.* from nieuw n join kleinste k on k.bit = n.bit and k.gebied = n.gebied
),

in_wijk as (
    select t.bit, t.wijk as gebied, sum(t.mensen) as mensen
    from telt t
    where t.niveau = 'buurt'
    group by t.bit, t.wijk
),

in_gemeente as (
    select t.bit, t.gemeente as gebied, sum(t.mensen) as mensen
    from telt t
    left join telt w on w.bit = t.bit and w.gebied = t.wijk and w.niveau = 'wijk' and t.niveau = 'buurt'
    where t.niveau in ('buurt', 'wijk') and w.gebied is null
    group by t.bit, t.gemeente
)

select
    k.buurt as gebied, k.bit, k.gebied as telgebied, k.niveau,
    greatest(0, k.mensen - coalesce(w.mensen, g.mensen, 0)) as mensen
from kleinste k
left join in_wijk w on w.bit = k.bit and w.gebied = k.gebied and k.niveau = 'wijk'
left join in_gemeente g on g.bit = k.bit and g.gebied = k.gebied and k.niveau = 'gemeente'
order by k.bit, k.buurt;
