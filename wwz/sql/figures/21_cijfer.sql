-- Wat gepubliceerd is, als cijfer: teller, noemer, waarde, marge, hoe bekend en waarvandaan.

create table cijfer as
with waarde as (
    select
        i.code as indicator, v.gebied, v.jaar, v.bron_familie, v.soort,
        case when i.spiegel then 100 - v.waarde else v.waarde end as waarde,
        case when i.spiegel then 100 - v.boven else v.onder end as onder,
        case when i.spiegel then 100 - v.onder else v.boven end as boven
    from variabele_gebied v
    join indicator i on i.waarde = v.variabele
),

teller as (
    select i.code as indicator, v.gebied, v.jaar, v.bron_familie, v.soort, v.waarde as teller
    from variabele_gebied v
    join indicator i on i.teller = v.variabele
),

samen as (
    select
        coalesce(w.indicator, t.indicator) as indicator, coalesce(w.gebied, t.gebied) as gebied,
        coalesce(w.jaar, t.jaar) as jaar, coalesce(w.bron_familie, t.bron_familie) as familie,
        w.waarde, w.onder, w.boven, t.teller,
        t.soort is distinct from 'afgeleid' as geteld
    from waarde w
    full outer join teller t on t.indicator = w.indicator and t.gebied = w.gebied and t.jaar = w.jaar
    where t.soort is distinct from 'afgeleid' or w.waarde is not null
),

-- De noemer van hetzelfde jaar. Een gepubliceerd aandeel mag ook op het jaar dat er het dichtst bij ligt; een geteld
-- aantal gedeeld door de mensen van een ander jaar is geen aandeel.
noemer as (
    select s.indicator, s.gebied, s.jaar, v.waarde as noemer, v.jaar as noemer_jaar
    from samen s
    join indicator i on i.code = s.indicator
    join variabele_gebied v
        on v.gebied = s.gebied and v.variabele = i.noemer and (s.waarde is not null or v.jaar = s.jaar)
    qualify row_number() over (
        partition by s.indicator, s.gebied, s.jaar order by abs(v.jaar - s.jaar), v.jaar
    ) = 1
),

gerekend as (
    select
        s.gebied, s.indicator, s.jaar, s.familie, g.niveau, i.regel, i.per, i.decimalen,
        case i.regel
            when 'gemiddelde' then null
            when 'som' then s.teller
            -- Een percentage zonder aantal wordt mensen door het op de noemer toe te passen.
            else coalesce(s.teller, s.waarde / i.per * n.noemer)
        end as teller,
        n.noemer, n.noemer_jaar,
        case i.regel
            when 'som' then s.teller
            -- Door het afronden kan de teller net boven de noemer liggen; een aandeel is nooit meer dan alles.
            else bovengrens(i.regel, i.per, coalesce(s.waarde, i.per * s.teller / nullif(n.noemer, 0)))
        end as waarde,
        s.onder, s.boven, s.teller is not null and s.geteld as teller_geteld, s.waarde is null as waarde_uit_teller
    from samen s
    join indicator i on i.code = s.indicator
    join gebied g on g.code = s.gebied
    left join noemer n on n.indicator = s.indicator and n.gebied = s.gebied and n.jaar = s.jaar
),

stap as (
    select
        g.*,
        (select max(a.stap) from afronding a where a.familie = g.familie and a.niveau = g.niveau and a.soort = 'aantal')
            as stap_aantal,
        (select max(a.stap) from afronding a where a.familie = g.familie and a.niveau = g.niveau
            and a.soort = 'aandeel')
            as stap_aandeel,
        (select max(m.relatief) from modelmarge m where m.familie = g.familie and m.niveau = g.niveau) as model
    from gerekend g
),

marge as (
    select
        s.*,
        case
            when regel = 'som' then afrondmarge(coalesce(stap_aantal, 0), 1)
            when regel = 'aandeel' and waarde_uit_teller
                then per * afrondmarge(coalesce(stap_aantal, 0), 1) / nullif(noemer, 0)
            when regel = 'aandeel' and model is not null then model * waarde
            when regel = 'aandeel' then coalesce(stap_aandeel, 0) / 2
            -- Een gemiddelde is afgerond op het laatste cijfer dat de bron geeft.
            else power(10, -decimalen) / 2
        end as half
    from stap s
    where waarde is not null
)

select
    gebied, indicator, jaar, teller, noemer, waarde,
    coalesce(onder, ondergrens(waarde - half)) as onder,
    coalesce(boven, bovengrens(regel, per, waarde + half)) as boven,
    case when onder is not null then 'gepubliceerd' when half is null then 'onbekend'
        when model is not null then 'aanname' else 'afronding' end
        as marge_uit,
    'gepubliceerd' as soort, familie as bron,
    case when waarde_uit_teller and regel = 'aandeel' then 'berekend' else 'bron' end as wijze,
    noemer_jaar, 1.0::double as dekking, teller_geteld as geteld
from marge;
