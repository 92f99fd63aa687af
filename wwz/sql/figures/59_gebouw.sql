-- Woningen naar wat van hun pand bekend is (knowledge/woningklassen.toml), en per buurt welk deel nultrede is.

-- Alles wat van een pand bekend is, onder elke naam waarmee een woning ernaar kan verwijzen.
create table pand_nu as
with naam as (
    select coalesce(nummer, kenmerk) as pand, bouwjaar, bouwlagen from pand
    union all
    select k.kenmerk, p.bouwjaar, p.bouwlagen
    from (select distinct nummer, kenmerk from pand where kenmerk is not null) k
    join pand p on p.nummer = k.nummer
)

select pand, max(bouwjaar) as bouwjaar, max(bouwlagen) as bouwlagen
from naam
group by pand;

-- Per woning: lagen en bouwjaar, gestapeld of niet, en op hoeveel lagen de woningen liggen. Is er in een pand van meer
-- lagen naast de woning iets anders (een winkel), dan ligt de woning daarboven en is zij gestapeld.
create table woning_klasse as
with pand_woning as (
    select pand, count(*) as objecten, count(*) filter (woning) as woningen from woning_pand group by pand
),

woning as (
    select
        w.buurt, w.oppervlakte, w.jaar, p.bouwjaar, p.bouwlagen, a.objecten > 1 as gestapeld,
        a.objecten > a.woningen as gemengd, least(p.bouwlagen, a.objecten) as lagen
    from woning_pand w
    join pand_woning a on a.pand = w.pand
    left join pand_nu p on p.pand = w.pand
    where w.woning
),

-- Er zijn veel minder soorten panden dan woningen: per soort de eerste klasse die past.
soort as (
    select
        w.gestapeld, w.bouwlagen, w.bouwjaar, k.code as klasse, coalesce(k.begane_grond, false) as begane_grond,
        k.weinig as rest_weinig, k.veel as rest_veel
    from (select distinct gestapeld, bouwlagen, bouwjaar from woning) w
    join woningklasse k on k.gestapeld = w.gestapeld
        and (k.lagen_van is null or w.bouwlagen >= k.lagen_van) and (k.lagen_tot is null or w.bouwlagen <= k.lagen_tot)
        and (k.bouwjaar_van is null or w.bouwjaar >= k.bouwjaar_van)
        and (k.bouwjaar_tot is null or w.bouwjaar < k.bouwjaar_tot)
    qualify row_number() over (partition by w.gestapeld, w.bouwlagen, w.bouwjaar order by k.rang) = 1
),

passend as (
    select w.*, s.* exclude (gestapeld, bouwlagen, bouwjaar)
    from woning w
    join soort s on s.gestapeld = w.gestapeld and s.bouwlagen is not distinct from w.bouwlagen
        and s.bouwjaar is not distinct from w.bouwjaar
)

select
    buurt, klasse, gestapeld, oppervlakte, jaar, bouwjaar is not null or bouwlagen is not null as bekend,
    case when begane_grond then
        case when gemengd then 0 else r.begane_grond_weinig end / lagen + (1 - 1 / lagen) * rest_weinig
    else rest_weinig end as weinig,
    case when begane_grond then r.begane_grond_veel / lagen + (1 - 1 / lagen) * rest_veel else rest_veel end as veel
from passend
cross join woningklasse_regel r;

-- Per buurt het deel van de woningen dat nultrede is (0 tot 1). Hoe ver elke klasse ernaast kan zitten, staat los van
-- de andere klassen: de afwijkingen tellen op als kwadraten. groot_veel: zo veel woningen kunnen hooguit nultrede zijn
-- en ruim genoeg voor een rolstoel; is de oppervlakte onbekend, dan kan dat ook.
create table gebouw_buurt as
with klasse as (
    select
        buurt, klasse, count(*) as woningen, sum((weinig + veel) / 2) as midden, sum((veel - weinig) / 2) as speling,
        count(*) filter (gestapeld) as gestapeld, count(*) filter (bekend) as bekend, max(jaar) as jaar,
        sum(veel) filter (coalesce(oppervlakte, r.rolstoel_m2) >= r.rolstoel_m2) as groot_veel
    from woning_klasse
    cross join woningklasse_regel r
    group by buurt, klasse
),

buurt as (
    select
        buurt, sum(woningen) as woningen, sum(midden) / sum(woningen) as midden,
        sqrt(sum(speling * speling)) / sum(woningen) as speling, sum(gestapeld) / sum(woningen) as gestapeld,
        sum(bekend) / sum(woningen) as bekend, coalesce(sum(groot_veel), 0) / sum(woningen) as groot_veel,
        max(jaar) as jaar
    from klasse
    group by buurt
)

select b.*
from buurt b
join woningklasse_regel r on b.bekend >= r.bekend_minimaal;
