-- De kenmerken van elke buurt waar het model mee rekent, en welke trede van de ladder daarmee kan.
-- Een trede is een model met een vaste lijst kenmerken (knowledge/model/model.toml). Per buurt telt de hoogste trede
-- waarvan alle kenmerken bekend zijn.

-- De jaren waarvoor we schatten: de jaren van de gepubliceerde cijfers, en zonder die het nieuwste jaar met inwoners.
-- Zijn de kerncijfers nieuwer dan de laatste gezondheidscijfers, dan ook dat jaar: met het niveau van `vorig`.
create table schatting_jaar as
with nieuwste as (
    select max(jaar) as jaar
    from (
        select v.jaar, count(*) as buurten, max(count(*)) over () as meeste
        from variabele_gebied v
        join gebied g on g.code = v.gebied and g.kleinste
        where v.variabele = 'inwoners'
        group by v.jaar
    )
    where buurten >= (select dekking_jaar from regel) * meeste
)

select m.indicator, coalesce(c.jaar, n.jaar) as jaar, c.jaar is not null as gepubliceerd, null::integer as vorig
from model_indicator m
cross join nieuwste n
left join (select distinct indicator, jaar from cijfer) c on c.indicator = m.indicator
where coalesce(c.jaar, n.jaar) is not null
union all
select c.indicator, n.jaar, false, max(c.jaar)
from cijfer c
join model_indicator m on m.indicator = c.indicator
cross join nieuwste n
group by c.indicator, n.jaar
having max(c.jaar) < n.jaar;

-- Van elke variabele het jaar dat het dichtst bij het jaar van de schatting ligt.
create table kenmerk_bron as
with gebruikt as (
    select unnest([
        'inwoners', 'vrouwen', 'leeftijd_0_15', 'leeftijd_15_25', 'leeftijd_25_45', 'leeftijd_45_65', 'leeftijd_65plus',
        'leeftijd_18plus', 'pct_0_15', 'pct_15_25', 'pct_25_45', 'pct_45_65', 'gehuwd', 'gescheiden', 'verweduwd',
        'westers', 'niet_westers', 'huishoudens', 'eenpersoons', 'pct_eenpersoons', 'land_ha', 'adressendichtheid',
        'stedelijkheid', 'bijstand', 'arbeidsongeschikt', 'werkloos', 'autos', 'woz', 'pct_koop', 'pct_eengezins',
        'pct_meergezins'
    ]) as variabele
),

onbewoond as (
    select gebied, jaar from variabele_gebied where variabele = 'inwoners' and waarde = 0
),

-- Een jaar waarin er nog niemand woonde, zegt niets over nu.
bekend as (
    select
        v.gebied, v.jaar, v.variabele,
        -- De woningwaarde stijgt elk jaar in het hele land: reken met de verhouding tot het landelijk gemiddelde.
        case when v.variabele = 'woz' then v.waarde / p.waarde else v.waarde end as waarde, n.waarde as inwoners
    from variabele_gebied v
    join gebruikt b on b.variabele = v.variabele
    left join variabele_gebied n
        on n.gebied = v.gebied and n.jaar = v.jaar and n.variabele = 'inwoners' and n.bron_familie = 'kwb'
    join gebied g on g.code = v.gebied and g.kleinste
    left join model_peil p on p.variabele = v.variabele and p.jaar = v.jaar
    anti join onbewoond o on o.gebied = v.gebied and o.jaar = v.jaar
    where v.bron_familie = 'kwb'
),

naast as (
    select
        j.jaar, b.gebied, b.variabele,
        arg_min({'waarde': b.waarde, 'inwoners': b.inwoners}, (abs(b.jaar - j.jaar), b.jaar)) as van
    from (select distinct jaar from schatting_jaar) j
    cross join bekend b
    group by j.jaar, b.gebied, b.variabele
),

-- Een aantal mensen of huishoudens van een ander jaar hoort bij de inwoners van dat jaar: in een wijk die sindsdien
-- twee keer zo groot werd, is het twee keer zo veel.
passend as (
    select
        b.jaar, b.gebied, b.variabele,
        case
            when b.variabele in ('vrouwen', 'leeftijd_0_15', 'leeftijd_15_25', 'leeftijd_25_45', 'leeftijd_45_65',
                'leeftijd_65plus', 'leeftijd_18plus', 'gehuwd', 'gescheiden', 'verweduwd', 'westers', 'niet_westers',
                'huishoudens', 'eenpersoons', 'bijstand', 'arbeidsongeschikt', 'werkloos', 'autos')
                then b.van.waarde * coalesce(n.van.waarde / nullif(b.van.inwoners, 0), 1)
            else b.van.waarde
        end as waarde
    from naast b
    left join naast n on n.gebied = b.gebied and n.jaar = b.jaar and n.variabele = 'inwoners'
)

pivot passend
on variabele in (
    'inwoners', 'vrouwen', 'leeftijd_0_15', 'leeftijd_15_25', 'leeftijd_25_45', 'leeftijd_45_65', 'leeftijd_65plus',
    'leeftijd_18plus', 'pct_0_15', 'pct_15_25', 'pct_25_45', 'pct_45_65', 'gehuwd', 'gescheiden', 'verweduwd',
    'westers', 'niet_westers', 'huishoudens', 'eenpersoons', 'pct_eenpersoons', 'land_ha', 'adressendichtheid',
    'stedelijkheid', 'bijstand', 'arbeidsongeschikt', 'werkloos', 'autos', 'woz', 'pct_koop', 'pct_eengezins',
    'pct_meergezins'
)
using max(waarde)
group by jaar, gebied;

-- Een deel van de inwoners, en nooit meer dan alle inwoners.
create macro deel_van(aantal, geheel) as begrensd(aantal / nullif(geheel, 0), 0, 1);

create table kenmerk as
with breed as (
    select
        gebied, jaar,
        deel_van(aantal_of_deel(leeftijd_0_15, pct_0_15, inwoners), inwoners) as leeftijd_0_15,
        deel_van(aantal_of_deel(leeftijd_15_25, pct_15_25, inwoners), inwoners) as leeftijd_15_25,
        deel_van(aantal_of_deel(leeftijd_25_45, pct_25_45, inwoners), inwoners) as leeftijd_25_45,
        deel_van(aantal_of_deel(leeftijd_45_65, pct_45_65, inwoners), inwoners) as leeftijd_45_65,
        deel_van(leeftijd_65plus, inwoners) as leeftijd_65plus,
        deel_van(vrouwen, inwoners) as vrouwen,
        deel_van(gehuwd, inwoners) as gehuwd,
        deel_van(gescheiden, inwoners) as gescheiden,
        deel_van(verweduwd, inwoners) as verweduwd,
        deel_van(verweduwd, leeftijd_65plus + r.weinig_ouderen_erbij) as verweduwd_per_65plus,
        coalesce(deel_van(eenpersoons, huishoudens), pct_eenpersoons / 100) as eenpersoons,
        begrensd(inwoners / nullif(huishoudens, 0), 1, r.huishouden_hooguit) as huishoudensgrootte,
        ln(1 + adressendichtheid / 100) as adressendichtheid,
        case when land_ha is not null then ln(1 + inwoners / greatest(land_ha, 1)) end as bevolkingsdichtheid,
        deel_van(bijstand, inwoners) as bijstand,
        deel_van(arbeidsongeschikt, inwoners) as arbeidsongeschikt,
        deel_van(werkloos, inwoners) as werkloos,
        begrensd(autos / nullif(inwoners, 0), 0, r.autos_per_inwoner_hooguit) as autos_per_inwoner,
        begrensd(autos / nullif(huishoudens, 0), 0, r.autos_per_huishouden_hooguit) as autos_per_huishouden,
        ln(nullif(woz, 0)) as woningwaarde,
        pct_koop / 100 as koop,
        coalesce(pct_eengezins, 100 - pct_meergezins) / 100 as eengezins,
        deel_van(westers, inwoners) as westers,
        deel_van(niet_westers, inwoners) as niet_westers
    from kenmerk_bron
    cross join regel r
    where inwoners > 0
)

unpivot breed on columns(* exclude (gebied, jaar)) into name kenmerk value waarde;

-- Inwoners en stedelijkheid bepalen hoe ver een schatting er in de regel naast zit.
create table schatting_buurt as
select
    b.gebied, b.jaar, g.gemeente, g.wijk, b.inwoners, b.leeftijd_18plus, b.leeftijd_65plus,
    coalesce(b.stedelijkheid, (
        select min(s.klasse) from stedelijkheid_klasse s where coalesce(b.adressendichtheid, 0) >= s.vanaf
    ))::integer as stedelijkheid,
    (select count(*) from model_grootte m where b.inwoners >= m.vanaf)::integer as grootte
from kenmerk_bron b
join gebied g on g.code = b.gebied
where b.inwoners > 0;

-- Een buurt lijkt op haar omgeving: van sommige kenmerken telt ook het gemiddelde van de wijk en de gemeente mee,
-- gewogen naar inwoners. De som gaat in vaste decimalen: dan maakt de volgorde van optellen niet uit.
insert into kenmerk
with deel as (
    select
        b.gebied, b.jaar, b.wijk, b.gemeente, k.kenmerk, b.inwoners::decimal(18, 3) as mensen,
        (k.waarde * b.inwoners)::decimal(28, 9) as gewogen
    from kenmerk k
    join model_omgeving o on o.kenmerk = k.kenmerk
    join schatting_buurt b on b.gebied = k.gebied and b.jaar = k.jaar
),

gemiddeld as (
    select
        gebied, jaar, kenmerk,
        (sum(gewogen) over (partition by jaar, wijk, kenmerk))::double
            / (sum(mensen) over (partition by jaar, wijk, kenmerk))::double as van_wijk,
        (sum(gewogen) over (partition by jaar, gemeente, kenmerk))::double
            / (sum(mensen) over (partition by jaar, gemeente, kenmerk))::double
            as van_gemeente
    from deel
)

select gebied, jaar, kenmerk || '_wijk', van_wijk from gemiddeld
union all
select gebied, jaar, kenmerk || '_gemeente', van_gemeente from gemiddeld;

-- Een 1 voorop, de kenmerken, alle tweede machten en producten (zo werken kenmerken ook op elkaar in) en de omgeving.
create macro producten(z) as flatten(list_transform(z, lambda a, i: list_transform(z[i:], lambda b: a * b)));

create macro termen(z, omgeving) as list_concat([1.0::double], z, producten(z), coalesce(omgeving, []));

create macro enkel(z, omgeving) as list_concat([1.0::double], z, coalesce(omgeving, []));

-- Per buurt de kenmerken van de hoogste trede die kan, ten opzichte van het gemiddelde en in standaardafwijkingen.
create table kenmerk_trede as
with passend as (
    select k.gebied, k.jaar, m.trede, t.rang
    from kenmerk k
    join model_kenmerk m on m.kenmerk = k.kenmerk
    join model_trede t on t.trede = m.trede
    group by k.gebied, k.jaar, m.trede, t.rang, t.kenmerken
    having count(*) = t.kenmerken
),

-- De laatste trede vraagt niets: dan geldt het landelijk gemiddelde.
hoogste as (
    select gebied, jaar, trede, rang
    from (
        select gebied, jaar, trede, rang from passend
        union all
        select b.gebied, b.jaar, t.trede, t.rang from schatting_buurt b join model_trede t on t.kenmerken = 0
    )
    qualify row_number() over (partition by gebied, jaar order by rang) = 1
),

stand as (
    select
        h.gebied, h.jaar, h.trede, m.volgorde, m.omgeving,
        greatest(-t.hooguit, least(t.hooguit, (k.waarde - m.midden) / m.schaal)) as afstand
    from hoogste h
    join model_trede t on t.trede = h.trede
    join model_kenmerk m on m.trede = h.trede
    join kenmerk k on k.gebied = h.gebied and k.jaar = h.jaar and k.kenmerk = m.kenmerk
),

lijst as (
    select
        gebied, jaar, list(afstand order by volgorde) filter (not omgeving) as z,
        list(afstand order by volgorde) filter (omgeving) as omgeving
    from stand
    group by gebied, jaar
)

select
    h.gebied, h.jaar, h.trede,
    case when l.z is null then [1.0::double] when t.kwadraat then termen(l.z, l.omgeving) else enkel(l.z, l.omgeving)
        end as termen
from hoogste h
join model_trede t on t.trede = h.trede
left join lijst l on l.gebied = h.gebied and l.jaar = h.jaar
order by h.jaar, h.gebied;
