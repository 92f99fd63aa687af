-- Van een deel van de mensen naar een oordeel in een woord. Zonder meting of opgave: onbekend, nooit voldoet.

create macro oordeel_afstand(km, norm_m) as
    case
        when in_meter(km) <= (select afstand_voldoet_factor from regel) * norm_m then 'voldoet'
        when in_meter(km) > (select afstand_knelpunt_factor from regel) * norm_m then 'knelpunt'
        else 'deels'
    end;

create macro oordeel_deel(goed, voldoet_vanaf, knelpunt_tot) as
    case when goed >= voldoet_vanaf then 'voldoet' when goed <= knelpunt_tot then 'knelpunt' else 'deels' end;

-- hoe: waaruit het bekend is; aandeel, onder, boven: deel van de mensen zonder (0 tot 1); km: gemiddelde afstand.
-- Een ruwe aanname zegt alleen voldoet als ook de bovengrens van het tekort dat zegt, en knelpunt als ook de ondergrens
-- dat zegt.
create macro oordeel_van(hoe, aandeel, onder, boven, km, norm_m) as
    case
        when aandeel is null then 'onbekend'
        -- Zegt een telling dat niemand er binnen de norm een heeft, dan doet de gemiddelde afstand er niet toe.
        when hoe = 'gemiddelde' and onder >= 1 then 'knelpunt'
        when hoe = 'gemiddelde' then oordeel_afstand(km, norm_m)
        when is_aanname(hoe) and 1 - boven >= (select nultrede_voldoet_vanaf from oordeel) / 100 then 'voldoet'
        when is_aanname(hoe) and 1 - onder <= (select nultrede_knelpunt_tot from oordeel) / 100 then 'knelpunt'
        when is_aanname(hoe) then 'deels'
        else oordeel_deel(1 - aandeel, (select bereik_voldoet_vanaf from oordeel),
            (select bereik_knelpunt_tot from oordeel))
    end;

-- De status van elke randvoorwaarde in een gebied: de buurten samen, gewogen met hun inwoners. Bekend is zij pas als
-- genoeg inwoners in een buurt wonen waar zij bekend is. Parameters als in tekort_met.
create macro status_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
with leden as (
    select r.code as randvoorwaarde, r.norm_m, b.buurt, coalesce(w.inwoners, 0) as inwoners
    from randvoorwaarde r
    cross join (select unnest(buurten) as buurt) b
    left join inwoners_nu w on w.gebied = b.buurt
),

samen as (
    select
        l.randvoorwaarde, l.norm_m,
        coalesce(sum(l.inwoners) filter (t.aandeel is not null) / nullif(sum(l.inwoners), 0), 0) as dekking,
        sum(l.inwoners * t.aandeel) / nullif(sum(l.inwoners) filter (t.aandeel is not null), 0) as aandeel,
        sum(l.inwoners * t.onder) / nullif(sum(l.inwoners) filter (t.aandeel is not null), 0) as onder,
        sum(l.inwoners * t.boven) / nullif(sum(l.inwoners) filter (t.aandeel is not null), 0) as boven,
        sum(l.inwoners * t.waarde) / nullif(sum(l.inwoners) filter (t.waarde is not null and t.aandeel is not null), 0)
            as waarde,
        hoe_samen(t.hoe, l.inwoners) as hoe,
        case when count(distinct t.opgave_status) = 1
            and count(t.opgave_status) = count(t.aandeel) then max(t.opgave_status) end as opgave_status,
        case when count(distinct t.indicator) = 1 then max(t.indicator) end as indicator,
        max(t.jaar) as jaar, max(t.bron) as bron
    from leden l
    left join tekort_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
        on t.buurt = l.buurt and t.randvoorwaarde = l.randvoorwaarde
    group by l.randvoorwaarde, l.norm_m
)

select
    randvoorwaarde,
    case when dekking < (select dekking_minimaal from regel) then 'onbekend'
        else coalesce(opgave_status, oordeel_van(hoe, aandeel, onder, boven, waarde, norm_m)) end
        as status,
    case when dekking < (select dekking_minimaal from regel) then 'onbekend' else coalesce(hoe, 'onbekend') end as hoe,
    aandeel, onder, boven, dekking, indicator, waarde, jaar, bron
from samen;
