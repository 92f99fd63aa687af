-- Per gebied wie er volgens de bevolking Wmo kan gebruiken, naast wie haar gebruikt (per 1.000 inwoners): wie moeite
-- heeft met bewegen, wie dan ook alleen woont, wie moeite heeft met het huishouden en alleen woont, en wie in een
-- instelling woont (0 tot 1).
-- gemeente: waar een buurt in ligt; van een gemeente leeg.

with bits as (
    select
        max(bit) filter (beperking = 'mobiliteit') as bewegen, max(bit) filter (beperking = 'huishouden') as huishouden
    from persoon_beperking
),

geteld as (
    select
        b.gebied, sum(p.mensen) as inwoners,
        sum(p.mensen) filter ((p.beperkingen >> s.bewegen) & 1 = 1) / sum(p.mensen) as bewegen,
        sum(p.mensen) filter ((p.beperkingen >> s.huishouden) & 1 = 1 and p.huishouden = 'alleen')
            / sum(p.mensen) as huishouden_alleen,
        sum(p.mensen) filter ((p.beperkingen >> s.bewegen) & 1 = 1 and p.huishouden = 'alleen')
            / sum(p.mensen) as bewegen_alleen,
        sum(p.mensen) filter (p.huishouden = 'instelling') / sum(p.mensen) as instelling
    from persoon p
    join gebied_buurt b on b.buurt = p.gebied
    cross join bits s
    group by b.gebied
)

select
    t.gebied, g.niveau, case when g.niveau = 'buurt' then g.gemeente end as gemeente, t.inwoners,
    coalesce(t.bewegen, 0) as bewegen, coalesce(t.huishouden_alleen, 0) as huishouden_alleen,
    coalesce(t.bewegen_alleen, 0) as bewegen_alleen, coalesce(t.instelling, 0) as instelling, c.waarde as gebruik
from geteld t
join gebied g on g.code = t.gebied and g.niveau in ('gemeente', 'buurt')
join cijfer c on c.gebied = t.gebied and c.indicator = 'wmo_clienten' and c.waarde > 0 and c.wijze <> 'opgeteld'
qualify row_number() over (partition by t.gebied order by c.jaar desc) = 1
order by t.gebied;
