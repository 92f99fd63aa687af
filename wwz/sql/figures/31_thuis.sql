-- Wie er nu wonen, en wie van hen thuis: niet in een instelling.

-- De bevolking van nu: per buurt het jaar dat het dichtst ligt bij het nieuwste jaar waarin de meeste buurten inwoners
-- hebben.
create table bevolking_nu as
with jaar as (
    select max(jaar) as nu
    from (select jaar, count(distinct gebied) as buurten,
        max(count(distinct gebied)) over () as meeste from leeftijd_gebied group by jaar)
    where buurten >= (select dekking_jaar from regel) * meeste
)

select l.gebied, j.nu as jaar, l.jaar as leeftijd_jaar, l.band, l.mensen, z.fout
from leeftijd_gebied l
left join leeftijd_zeker z on z.gebied = l.gebied and z.jaar = l.jaar and z.band = l.band
cross join jaar j
where l.jaar <= j.nu
qualify dense_rank() over (partition by l.gebied order by l.jaar desc) = 1;

-- Huishoudens per inwoner, van het nieuwste jaar waarin het bekend is: hoeveel van één persoon (telt geen jaar dat, dan
-- geschat uit hoe groot een huishouden gemiddeld is), en hoeveel inwoners er minstens en hooguit niet in een huishouden
-- passen (0 tot 1): die wonen in een instelling. Leeg is onbekend.
create table huishouden_nu as
with breed as (
    pivot (
        select gebied, jaar, variabele, waarde from variabele_gebied
        where variabele in ('inwoners', 'huishoudens', 'huishoudensgrootte', 'eenpersoons', 'pct_eenpersoons')
    )
    on variabele in ('inwoners', 'huishoudens', 'huishoudensgrootte', 'eenpersoons', 'pct_eenpersoons')
    using max(waarde)
    group by gebied, jaar
),

-- De grootte is op een tiende afgerond, en inwoners en huishoudens op vijf. Niet elk jaar heeft alle kolommen.
passend as (
    select
        gebied, jaar, coalesce(eenpersoons, pct_eenpersoons / 100 * huishoudens) / inwoners as alleen,
        huishoudens / inwoners * begrensd(
            r.eenpersoons_vast + r.eenpersoons_grootte * hooguit(huishoudensgrootte, r.eenpersoons_grootst)
            + r.eenpersoons_kwadraat * hooguit(huishoudensgrootte, r.eenpersoons_grootst) ** 2, 0, 1
        ) as alleen_naar_grootte,
        (inwoners - huishoudens * (huishoudensgrootte + r.grootte_afronding)
            - r.inwoners_afronding * (1 + huishoudensgrootte)) / inwoners as minstens,
        (inwoners - huishoudens * (huishoudensgrootte - r.grootte_afronding)
            + r.inwoners_afronding * (1 + huishoudensgrootte)) / inwoners as hooguit
    from breed
    cross join regel r
    where inwoners > 0
)

select
    gebied,
    begrensd(coalesce(arg_max(alleen, jaar), arg_max(alleen_naar_grootte, jaar)), 0, 1) as eenpersoons,
    begrensd(arg_max(minstens, jaar), 0, 1) as instelling_onder,
    begrensd(arg_max(hooguit, jaar), 0, 1) as instelling_boven
from passend
group by gebied;

-- Wie thuis woont, per leeftijd. In een instelling woont hetzelfde deel als in het land, tenzij er volgens de tellingen
-- meer mensen niet in een huishouden passen, of minder. thuis: het deel dat thuis woont (0 tot 1).
create table thuis_nu as
with gewoon as (
    select b.gebied, sum(b.mensen) as inwoners, sum(b.mensen * i.aandeel) as instelling
    from bevolking_nu b
    join instelling_land i using (band)
    group by b.gebied
),

gevonden as (
    select
        g.gebied,
        greatest(
            coalesce(h.instelling_onder, 0) * g.inwoners,
            least(coalesce(h.instelling_boven, 1) * g.inwoners, g.instelling)
        ) / nullif(g.instelling, 0) as keer
    from gewoon g
    left join huishouden_nu h using (gebied)
)

select b.gebied, b.band, 1 - least(r.instelling_hooguit, i.aandeel * coalesce(g.keer, 1)) as thuis
from bevolking_nu b
join instelling_land i using (band)
join gevonden g using (gebied)
cross join regel r;
