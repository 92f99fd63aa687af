-- Woningen waarvan de corporatie zegt hoe toegankelijk zij zijn: van die is het zeker, van andere woningen zegt de
-- lijst niets. De indicator is label_nultrede of label_rolstoel. Parameter: voorkeur: zo veel keer vaker woont wie het
-- nodig heeft in een geschikte woning; minstens wonen zij er naar verhouding.

insert into bewijs by name
with vraag as (
    select randvoorwaarde, rang, werking, indicator, parameter(parameters, 'voorkeur') as voorkeur
    from meetregel
    where regel = 'label'
),

-- De buurt uit de lijst, anders die van het adres of van de postcode. Een woning telt een keer.
plaats as (
    select
        l.nultrede, l.rolstoel, l.jaar,
        coalesce(g.code, o.buurt, a.buurt, p.buurt) as buurt
    from woninglabel l
    left join gebied g on g.code = l.buurt and g.kleinste
    left join adres o on o.object = l.object and o.buurt is not null
    left join adres a on l.object is null and a.postcode = l.postcode and a.huisnummer = l.huisnummer
        and a.buurt is not null
    left join postcode_buurt p on p.postcode = l.postcode
    qualify
        row_number() over (
            partition by coalesce(l.object, l.postcode || l.huisnummer, l.bestand || l.rij)
            order by l.jaar desc, p.adressen desc nulls last
        ) = 1
),

geteld as (
    select
        p.buurt, v.*, max(p.jaar) as jaar, max(w.woningen) as woningen,
        count(*) filter (case v.indicator when 'label_nultrede' then p.nultrede else p.rolstoel end) as wel,
        count(*) filter (not case v.indicator when 'label_nultrede' then p.nultrede else p.rolstoel end) as niet
    from plaats p
    join woningen_nu w on w.gebied = p.buurt
    cross join vraag v
    group by p.buurt, v.randvoorwaarde, v.rang, v.werking, v.indicator, v.voorkeur
),

delen as (
    select
        *, 1 - least(1, wel / woningen) as hooguit, 1 - least(1, niet / woningen) as mogelijk,
        1 - voorkeur * mogelijk / (1 - mogelijk + voorkeur * mogelijk) as minstens
    from geteld
)

select
    buurt, randvoorwaarde, rang, werking, least(minstens, hooguit) as minstens, least(minstens, hooguit) as onder,
    hooguit, hooguit as boven, 'label' as hoe, indicator, wel as waarde, jaar, 'vera' as bron
from delen
where wel > 0 or niet > 0;
