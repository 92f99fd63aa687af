-- Wie wat mist: wat gemeten is (figures/64_tekort.sql), met een plan of wat de gemeente opgeeft erover.

-- Dezelfde tabel zoals zij met een plan zou zijn (doorrekenen): de variabele `plan` heeft dan per buurt en
-- randvoorwaarde een ander deel. Zonder plan is het de gemeten tabel.
create macro gepland() as table
select unnest(
    getvariable('plan')::struct(buurt varchar, randvoorwaarde varchar, aandeel double, onder double, boven double,
        aandeel_65 double, onder_65 double, boven_65 double)[],
    recursive := true
);

create macro tekort_nu() as table
select
    t.buurt, t.randvoorwaarde, coalesce(p.aandeel, t.aandeel) as aandeel, coalesce(p.onder, t.onder) as onder,
    coalesce(p.boven, t.boven) as boven,
    coalesce(p.aandeel_65, t.aandeel_65) as aandeel_65, coalesce(p.onder_65, t.onder_65) as onder_65,
    coalesce(p.boven_65, t.boven_65) as boven_65,
    t.hoe, t.indicator, coalesce(100 * (1 - p.aandeel), t.waarde) as waarde, t.jaar, t.bron
from tekort_gemeten t
-- Beslist een gemiddelde afstand, dan verandert een punt erbij of eraf daar niets aan.
left join gepland() p on p.buurt = t.buurt and p.randvoorwaarde = t.randvoorwaarde and t.hoe <> 'gemiddelde';

-- Rust een oordeel alleen op een ruwe aanname? Dan is het geen meting, en is nagaan de eerste stap.
create macro is_aanname(hoe) as hoe = 'woning';

-- Gemeten: een bron zegt per woning, vierkant of adres of zij er is.
create macro is_gemeten(hoe) as hoe in ('adressen', 'vierkanten', 'vierkant', 'label', 'gemeten');

-- Waaruit iets bekend is in buurten samen. gewicht: wie haar nodig heeft, ook waar niets bekend is (hoe leeg).
create macro hoe_samen(hoe, gewicht) as case
    when count(distinct hoe) <= 1 then max(hoe)
    when coalesce(sum(gewicht) filter (is_gemeten(hoe)), 0)
        >= (select gemeten_minimaal from oordeel) * sum(gewicht) then 'gemeten'
    else 'gemengd'
end;

-- Dezelfde tabel met wat de gemeente opgeeft erover: dat gaat voor op een meting, en het kleinste gebied gaat voor.
-- o_…: zie opgave_met (rules/63_opgave.sql).
create macro tekort_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
with opgave_deel as (
    select * from opgave_met(o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar)
)

select * from opgave_deel
where len(buurten) = 0 or buurt in (select unnest(buurten))
union all by name
select t.*, null::varchar as opgave_status
from tekort_nu() t
anti join opgave_deel o on o.buurt = t.buurt and o.randvoorwaarde = t.randvoorwaarde
where len(buurten) = 0 or t.buurt in (select unnest(buurten));

-- Van wie het deel geldt: ouderen zijn de 65-plussers.
create macro leeftijd_van(cluster) as case cluster when 'ouderen' then '65plus' else 'inwoners' end;

-- Dezelfde tabel, een regel per leeftijd (zie leeftijd_van). Is het deel van de 65-plussers niet apart bekend, dan
-- geldt dat van alle inwoners.
create macro tekort_voor(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
select
    t.* exclude (aandeel_65, onder_65, boven_65)
        replace (
            case when l.leeftijd = '65plus' then coalesce(t.aandeel_65, t.aandeel) else t.aandeel end as aandeel,
            case when l.leeftijd = '65plus' then coalesce(t.onder_65, t.onder) else t.onder end as onder,
            case when l.leeftijd = '65plus' then coalesce(t.boven_65, t.boven) else t.boven end as boven
        ),
    l.leeftijd
from tekort_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) t
cross join (values ('inwoners'), ('65plus')) l(leeftijd);
