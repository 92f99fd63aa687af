-- Variabelen op de gebieden van het scherm, met wat eruit af te leiden is.

-- Hoeveel mensen van 15 tot 25 jaar nog geen 18 zijn: een vast deel, maar niet meer dan er naar het aantal kinderen bij
-- ouders kunnen wonen. Studenten wonen er zonder ouders.
create macro van_15_tot_18(van_15_tot_25, tot_15) as hooguit(
    van_15_tot_25 * (select deel_15_25_onder_18 from regel), tot_15 * (select van_15_tot_18_per_kind from regel)
);

create table variabele_gebied as
with gemeten as (
    select
        case when m.gebied like 'NL%' then 'NL00' else m.gebied end as gebied,
        m.jaar, m.variabele, m.waarde, m.onder, m.boven, m.bron_familie, m.soort, m.bestandsnaam,
        m.indeling, abs(m.indeling - (select jaar from indeling_op_scherm)) as jaren_af
    from meting m
    join overgang o on o.indeling = m.indeling and o.code = m.gebied and o.status = 'gelijk'
),

op_scherm as (
    select * from gemeten where gebied in (select code from gebied)
),

-- Alleen daar kan een gebied twee keer voorkomen; van het land kunnen er twee codes zijn.
dubbel as (
    select jaar, variabele
    from op_scherm
    group by jaar, variabele
    having min(indeling) < max(indeling) or count(*) filter (gebied = 'NL00') > 1
),

-- Twee indelingen kunnen hetzelfde jaar beschrijven: neem die het dichtst bij het scherm ligt.
gekozen as (
    select e.* exclude (jaren_af, indeling)
    from op_scherm e anti join dubbel d on d.jaar = e.jaar and d.variabele = e.variabele
    union all
    select m.* exclude (jaren_af, indeling)
    from op_scherm m join dubbel d on d.jaar = m.jaar and d.variabele = m.variabele
    qualify row_number() over (
        partition by m.gebied, m.jaar, m.variabele order by m.jaren_af, m.bestandsnaam, m.indeling
    ) = 1
),

leeftijd as (
    pivot (select gebied, jaar, variabele, waarde from gekozen)
    on variabele in (
        'inwoners', 'leeftijd_0_15', 'leeftijd_15_25', 'leeftijd_65plus', 'leeftijd_65_80', 'leeftijd_80plus',
        'pct_0_15', 'pct_15_25', 'pct_65plus'
    )
    using max(waarde)
    group by gebied, jaar
),

afgeleid as (
    select
        l.gebied, l.jaar,
        aantal_of_deel(l.leeftijd_0_15, l.pct_0_15, l.inwoners) as tot_15,
        aantal_of_deel(l.leeftijd_15_25, l.pct_15_25, l.inwoners) as van_15_tot_25,
        aantal_of_deel(coalesce(l.leeftijd_65plus, l.leeftijd_65_80 + l.leeftijd_80plus), l.pct_65plus, l.inwoners)
            as vanaf_65,
        l.inwoners, l.leeftijd_65plus
    from leeftijd l
),

-- Van een groter gebied is het deel dat van al zijn buurten samen: studenten wonen in een paar ervan. Als deel van het
-- vaste deel.
onder_18 as (
    select
        b.gebied, a.jaar,
        sum(van_15_tot_18(a.van_15_tot_25, a.tot_15)) / nullif(sum(r.deel_15_25_onder_18 * a.van_15_tot_25), 0) as keer
    from afgeleid a
    join gebied_buurt b on b.buurt = a.gebied
    cross join regel r
    where a.van_15_tot_25 is not null and a.tot_15 is not null
    group by b.gebied, a.jaar
),

nieuw as (
    select
        a.gebied, a.jaar, 'leeftijd_18plus' as variabele,
        -- Door het afronden kunnen er in een kleine buurt meer 65-plussers lijken dan 18-plussers.
        greatest(
            0,
            a.inwoners - coalesce(
                a.tot_15 + r.deel_15_25_onder_18 * a.van_15_tot_25 * coalesce(o.keer, 1),
                r.factor_0_15_tot_18 * a.tot_15
            ),
            coalesce(a.vanaf_65, 0)
        ) as waarde
    from afgeleid a
    left join onder_18 o on o.gebied = a.gebied and o.jaar = a.jaar
    cross join regel r
    where a.inwoners is not null and a.tot_15 is not null
    union all
    select gebied, jaar, 'leeftijd_65plus', vanaf_65
    from afgeleid
    where leeftijd_65plus is null
)

select * from gekozen
union all by name
select gebied, jaar, variabele, waarde, 'kwb' as bron_familie, 'afgeleid' as soort, 'berekend' as bestandsnaam
from nieuw
where waarde is not null;

-- Van elk gebied het nieuwste jaar van deze variabelen (een lijst).
create macro nieuwste_van(variabelen) as table
select gebied, variabele, jaar, waarde
from variabele_gebied
where list_contains(variabelen, variabele)
qualify row_number() over (partition by gebied, variabele order by jaar desc) = 1;

create table inwoners_nu as
select gebied, jaar, waarde as inwoners from nieuwste_van(['inwoners']);
