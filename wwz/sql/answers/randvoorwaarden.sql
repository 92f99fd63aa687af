-- De randvoorwaarden van een gebied voor één doelgroep in één mantelzorgsituatie, met wat ervan bekend is.
-- $gebied: code, of leeg voor een eigen gebied; $buurten: zijn buurten; $doelgroep, $mantelzorg: codes.
-- Eén rij per randvoorwaarde die van toepassing is; waarde in kilometers.

with nieuwste as (
    select i.randvoorwaarde, i.indicator, i.rang, j.jaar, c.regel, c.per
    from randvoorwaarde_indicator i
    join indicator_jaar j on j.indicator = i.indicator and j.nieuwste
    join indicator c on c.code = i.indicator
),

gepubliceerd as (
    select n.randvoorwaarde, n.rang, n.indicator, n.jaar, c.waarde, c.bron
    from nieuwste n
    join cijfer_open c on c.gebied = $gebied and c.indicator = n.indicator and c.jaar = n.jaar
),

leden as (
    select
        n.randvoorwaarde, n.rang, n.indicator, n.jaar, n.regel, n.per, coalesce(w.inwoners, 0) as inwoners, c.bron,
        coalesce(bijdrage(n.regel, c.waarde, c.noemer), false) as telt,
        case when telt then c.teller end as teller, case when telt then c.noemer end as noemer,
        case when telt then c.waarde end as waarde
    from nieuwste n
    cross join (select unnest($buurten) as buurt) b
    left join inwoners_nu w on w.gebied = b.buurt
    left join cijfer c on c.gebied = b.buurt and c.indicator = n.indicator and c.jaar = n.jaar
    where $gebied = ''
),

opgeteld as (
    select
        randvoorwaarde, rang, indicator, jaar, optel_waarde(regel, per, teller, noemer, waarde) as waarde, any_value(bron) as bron
    from leden
    group by randvoorwaarde, rang, indicator, jaar, regel, per
    having sum(inwoners) filter (telt) / nullif(sum(inwoners), 0) >= (select dekking_minimaal from regel)
),

gemeten as (
    select *, row_number() over (partition by randvoorwaarde order by rang) as keuze
    from (select * from gepubliceerd union all by name select * from opgeteld)
    where waarde is not null
)

select
    r.code, r.groep, r.titel, e.graad, e.reden, e.bron as eis_bron, e.jaar as eis_jaar, e.merk as eis_merk,
    oordeel_afstand(m.waarde, r.norm_m, r.gemiddelde_beslist) as status,
    oordeel_bekend(m.waarde, r.gemiddelde_beslist) as hoe_bekend, m.indicator, m.waarde, m.jaar, r.norm_m, r.meetnoot,
    r.hoe_uitzoeken, case when m.bron is not null then bronregel(m.bron, m.jaar) end as bron
from eis e
join randvoorwaarde r on r.code = e.randvoorwaarde
left join gemeten m on m.randvoorwaarde = r.code and m.keuze = 1
where e.doelgroep = $doelgroep and e.mantelzorg = $mantelzorg and e.graad <> '-'
order by r.volgorde;
