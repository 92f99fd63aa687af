-- De kenmerken van elke buurt waar het model mee rekent, en welke trede van de ladder daarmee kan.
-- Een trede is een model met een vaste lijst kenmerken (knowledge/model/model.toml). Per buurt telt de hoogste trede
-- waarvan alle kenmerken bekend zijn.

-- De jaren waarvoor we schatten: de jaren van de gepubliceerde cijfers, en zonder die het nieuwste jaar met inwoners.
create table schatting_jaar as
with nieuwste as (
    select max(jaar) as jaar
    from (
        select v.jaar, count(*) as buurten, max(count(*)) over () as meeste
        from variabele_gebied v
        join gebied g on g.code = v.gebied and g.niveau = 'buurt'
        where v.variabele = 'inwoners'
        group by v.jaar
    )
    where buurten >= (select dekking_jaar from regel) * meeste
)

select m.indicator, coalesce(c.jaar, n.jaar) as jaar, c.jaar is not null as gepubliceerd
from model_indicator m
cross join nieuwste n
left join (select distinct indicator, jaar from cijfer) c on c.indicator = m.indicator
where coalesce(c.jaar, n.jaar) is not null;

-- Van elke variabele het jaar dat het dichtst bij het jaar van de schatting ligt.
create table kenmerk_bron as
with naast as (
    select
        j.jaar, v.gebied, v.variabele,
        -- De woningwaarde stijgt elk jaar in het hele land: reken met de verhouding tot het landelijk gemiddelde.
        case when v.variabele = 'woz' then v.waarde / p.waarde else v.waarde end as waarde
    from (select distinct jaar from schatting_jaar) j
    cross join variabele_gebied v
    join gebied g on g.code = v.gebied and g.niveau = 'buurt'
    left join model_peil p on p.variabele = v.variabele and p.jaar = v.jaar
    where v.bron_familie = 'kwb'
        -- Een jaar waarin er nog niemand woonde, zegt niets over nu.
        and not exists (
            select 1 from variabele_gebied i
            where i.gebied = v.gebied and i.jaar = v.jaar and i.variabele = 'inwoners' and i.waarde = 0
        )
    qualify row_number() over (partition by j.jaar, v.gebied, v.variabele order by abs(v.jaar - j.jaar), v.jaar) = 1
)

pivot naast
on variabele in (
    'inwoners', 'vrouwen', 'leeftijd_0_15', 'leeftijd_15_25', 'leeftijd_25_45', 'leeftijd_45_65', 'leeftijd_65plus',
    'leeftijd_18plus', 'pct_0_15', 'pct_15_25', 'pct_25_45', 'pct_45_65', 'gehuwd', 'gescheiden', 'verweduwd',
    'westers', 'niet_westers', 'huishoudens', 'eenpersoons', 'pct_eenpersoons', 'land_ha', 'adressendichtheid',
    'stedelijkheid', 'bijstand', 'arbeidsongeschikt', 'werkloos', 'autos', 'woz', 'pct_koop', 'pct_eengezins',
    'pct_meergezins'
)
using first(waarde)
group by jaar, gebied;

-- Onbekend blijft onbekend: least en greatest slaan een lege waarde anders over.
create macro begrensd(x, laag, hoog) as case when x is not null then greatest(laag, least(hoog, x)) end;

-- Een deel van de inwoners, en nooit meer dan alle inwoners.
create macro deel_van(aantal, geheel) as begrensd(aantal / nullif(geheel, 0), 0, 1);

create table kenmerk as
with breed as (
    select
        gebied, jaar,
        deel_van(coalesce(leeftijd_0_15, pct_0_15 * inwoners / 100), inwoners) as leeftijd_0_15,
        deel_van(coalesce(leeftijd_15_25, pct_15_25 * inwoners / 100), inwoners) as leeftijd_15_25,
        deel_van(coalesce(leeftijd_25_45, pct_25_45 * inwoners / 100), inwoners) as leeftijd_25_45,
        deel_van(coalesce(leeftijd_45_65, pct_45_65 * inwoners / 100), inwoners) as leeftijd_45_65,
        deel_van(leeftijd_65plus, inwoners) as leeftijd_65plus,
        deel_van(vrouwen, inwoners) as vrouwen,
        deel_van(gehuwd, inwoners) as gehuwd,
        deel_van(gescheiden, inwoners) as gescheiden,
        deel_van(verweduwd, inwoners) as verweduwd,
        -- Vijf erbij: in een buurt met bijna geen ouderen zegt de verhouding niets.
        deel_van(verweduwd, leeftijd_65plus + 5) as verweduwd_per_65plus,
        coalesce(deel_van(eenpersoons, huishoudens), pct_eenpersoons / 100) as eenpersoons,
        begrensd(inwoners / nullif(huishoudens, 0), 1, 5) as huishoudensgrootte,
        ln(1 + adressendichtheid / 100) as adressendichtheid,
        case when land_ha is not null then ln(1 + inwoners / greatest(land_ha, 1)) end as bevolkingsdichtheid,
        deel_van(bijstand, inwoners) as bijstand,
        deel_van(arbeidsongeschikt, inwoners) as arbeidsongeschikt,
        deel_van(werkloos, inwoners) as werkloos,
        begrensd(autos / nullif(inwoners, 0), 0, 1.2) as autos_per_inwoner,
        begrensd(autos / nullif(huishoudens, 0), 0, 2.5) as autos_per_huishouden,
        ln(nullif(woz, 0)) as woningwaarde,
        pct_koop / 100 as koop,
        coalesce(pct_eengezins, 100 - pct_meergezins) / 100 as eengezins,
        deel_van(westers, inwoners) as westers,
        deel_van(niet_westers, inwoners) as niet_westers
    from kenmerk_bron
    where inwoners > 0
)

unpivot breed on columns(* exclude (gebied, jaar)) into name kenmerk value waarde;

-- Inwoners en stedelijkheid bepalen hoe ver een schatting er in de regel naast zit.
create table schatting_buurt as
select
    b.gebied, b.jaar, g.gemeente, g.wijk, b.inwoners, b.leeftijd_18plus, b.leeftijd_65plus,
    coalesce(b.stedelijkheid, case
        when b.adressendichtheid >= 2500 then 1 when b.adressendichtheid >= 1500 then 2 when b.adressendichtheid >= 1000 then 3
        when b.adressendichtheid >= 500 then 4 else 5 end)::integer as stedelijkheid,
    (select count(*) from model_grootte m where b.inwoners >= m.vanaf)::integer as grootte
from kenmerk_bron b
join gebied g on g.code = b.gebied
where b.inwoners > 0;

-- Alle tweede machten en producten van de kenmerken, met een 1 voorop: zo werken kenmerken ook op elkaar in.
create macro termen(z) as list_concat(
    [1.0::double], z, flatten(list_transform(z, lambda a, i: list_transform(z[i:], lambda b: a * b)))
);

create macro enkel(z) as list_concat([1.0::double], z);

-- Per buurt de kenmerken van de hoogste trede die kan, ten opzichte van het gemiddelde en in standaardafwijkingen.
create table kenmerk_trede as
with passend as (
    select
        k.gebied, k.jaar, m.trede, any_value(t.rang) as rang, any_value(t.kwadraat) as kwadraat,
        list(
            greatest(-t.hooguit, least(t.hooguit, (k.waarde - m.midden) / m.schaal)) order by m.volgorde
        ) as z
    from kenmerk k
    join model_kenmerk m on m.kenmerk = k.kenmerk
    join model_trede t on t.trede = m.trede
    group by k.gebied, k.jaar, m.trede
    having count(*) = any_value(t.kenmerken)
),

-- De laatste trede vraagt niets: dan geldt het landelijk gemiddelde.
alles as (
    select gebied, jaar, trede, rang, case when kwadraat then termen(z) else enkel(z) end as termen from passend
    union all
    select b.gebied, b.jaar, t.trede, t.rang, [1.0::double]
    from schatting_buurt b
    join model_trede t on t.kenmerken = 0
)

select gebied, jaar, trede, termen
from alles
qualify row_number() over (partition by gebied, jaar order by rang) = 1
order by jaar, gebied;
