-- Woningen waarvan een lijst zegt hoe toegankelijk zij zijn (VERA): van die is het zeker. Een woning zonder bijzonder
-- label die alleen in een pand van meer lagen ligt (BAG, 3DBAG), heeft zeker een trap. Van andere woningen zegt de
-- lijst niets; die tellen in de marge aan beide kanten. De indicator is label_nultrede of label_rolstoel.
-- Parameters: voorkeur: zo veel keer vaker woont wie het nodig heeft in een geschikte woning; van een grens hooguit, en
-- minstens naar verhouding. Van wat beslist ook voorkeur_weinig en voorkeur_veel: hoe weinig en hoe veel dat kan zijn;
-- minimaal: van zo veel van de woningen (0 tot 1) moet het zeker zijn.

insert into bewijs by name
with vraag as (
    select
        randvoorwaarde, rang, werking, indicator, parameter(parameters, 'voorkeur') as voorkeur,
        coalesce(parameter(parameters, 'voorkeur_weinig'), 1) as voorkeur_weinig,
        coalesce(parameter(parameters, 'voorkeur_veel'), voorkeur) as voorkeur_veel,
        parameter(parameters, 'minimaal') as minimaal
    from meetregel
    where regel = 'label'
),

-- De buurt uit de lijst, anders die van het adres, waar de woning ligt, of van de postcode. Een woning telt een keer.
plaats as (
    select
        l.nultrede, l.rolstoel, l.zonder, l.jaar, coalesce(l.object, a.object) as object,
        coalesce(g.code, o.buurt, a.buurt, h.buurt, p.buurt) as buurt
    from woninglabel l
    left join gebied g on g.code = l.buurt and g.kleinste
    left join adres o on o.object = l.object and o.buurt is not null
    left join adres a on l.object is null and a.postcode = l.postcode and a.huisnummer = l.huisnummer
    left join woning_pand h on h.object = coalesce(l.object, a.object)
    left join postcode_buurt p on p.postcode = l.postcode
    qualify
        row_number() over (
            partition by coalesce(l.object, l.postcode || l.huisnummer, l.bestand || l.rij)
            order by l.jaar desc, coalesce(g.code, o.buurt, a.buurt, h.buurt) nulls last, p.adressen desc nulls last
        ) = 1
),

met_trap as (
    select a.object
    from adres_pand a
    join pand_nu p on p.pand = a.pand and p.bouwlagen > 1
    where a.object is not null and a.object in (select object from plaats where zonder)
        and a.pand in (select pand from adres_pand group by pand having count(distinct object) = 1)
),

woning as (
    select p.* replace (
        case when p.zonder and t.object is not null then false else p.nultrede end as nultrede,
        case when p.zonder and t.object is not null then false else p.rolstoel end as rolstoel
    )
    from plaats p
    left join (select distinct object from met_trap) t on t.object = p.object
),

geteld as (
    select
        p.buurt, v.*, max(p.jaar) as jaar,
        count(*) filter (case v.indicator when 'label_nultrede' then p.nultrede else p.rolstoel end) as wel,
        count(*) filter (not case v.indicator when 'label_nultrede' then p.nultrede else p.rolstoel end) as niet,
        greatest(max(w.woningen), wel + niet) as woningen
    from woning p
    join woningen_nu w on w.gebied = p.buurt
    cross join vraag v
    group by all
),

-- Zonder: wie het nodig heeft en niet in zo'n woning woont, als de onbekende woningen geen van alle of allemaal
-- geschikt zijn.
delen as (
    select
        *, 1 - wel / woningen as hooguit, (wel + niet) / woningen as bekend,
        1 - met_voorkeur(1 - niet / woningen, voorkeur_veel) as minstens,
        1 - met_voorkeur(wel / woningen, voorkeur_weinig) as boven
    from geteld
    where wel > 0 or niet > 0
)

select
    buurt, randvoorwaarde, rang, werking, least(minstens, hooguit) as minstens, least(minstens, hooguit) as onder,
    hooguit, hooguit as boven, null as aandeel, 'label' as hoe, indicator, wel as waarde, jaar, 'vera' as bron
from delen
where werking = 'begrenst'
union all by name
select
    buurt, randvoorwaarde, rang, werking, minstens as onder, minstens, boven, boven as hooguit,
    1 - met_voorkeur(wel / (wel + niet), voorkeur) as aandeel, 'label' as hoe, indicator, 100 * wel / woningen
        as waarde, jaar, 'vera' as bron
from delen
where werking = 'beslist' and bekend >= minimaal;
