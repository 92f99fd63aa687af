-- Per buurt de mensen van nu naar leeftijd, en wat het CBS telt van allen samen: het deel vrouwen (0 tot 1), en de
-- huishoudens van één persoon (die van het nieuwste jaar, voor de inwoners van nu).

with leeftijd as (
    select
        gebied, max(jaar) as jaar, max(leeftijd_jaar) as leeftijd_jaar, sum(mensen) as inwoners,
        coalesce(sum(mensen) filter (band = '0_15'), 0) as leeftijd_0_15,
        coalesce(sum(mensen) filter (band = '15_25'), 0) as van_15_tot_25,
        coalesce(sum(mensen) filter (band = '25_45'), 0) as leeftijd_25_45,
        coalesce(sum(mensen) filter (band = '45_65'), 0) as leeftijd_45_65,
        coalesce(sum(mensen) filter (band = '65_75'), 0) as leeftijd_65_75,
        coalesce(sum(mensen) filter (band = '75_85'), 0) as leeftijd_75_85,
        coalesce(sum(mensen) filter (band = '85plus'), 0) as leeftijd_85plus
    from bevolking_nu
    group by gebied
    having sum(mensen) > 0
)

select
    l.* exclude (van_15_tot_25), van_15_tot_18(l.van_15_tot_25, l.leeftijd_0_15) as leeftijd_15_18,
    l.van_15_tot_25 - van_15_tot_18(l.van_15_tot_25, l.leeftijd_0_15) as leeftijd_18_25, w.waarde as vrouwen,
    h.eenpersoons * l.inwoners as eenpersoons
from leeftijd l
left join kenmerk_nu('vrouwen') w on w.gebied = l.gebied
left join huishouden_nu h on h.gebied = l.gebied
order by l.gebied;
