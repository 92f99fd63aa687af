-- Per buurt en randvoorwaarde: welk deel van de mensen haar mist (0 tot 1), met marge en herkomst.
-- Wat niet gemeten is, heeft hier geen rij: onbekend telt nooit als voldaan. …_65: hetzelfde voor 65-plussers, leeg
-- waar dat niet apart bekend is.

-- Een deel van alle mensen wordt het deel van wie het nodig heeft: hun kans (a tegen 1 - a) is zo veel keer groter.
create macro met_voorkeur(deel, keer) as keer * deel / (1 - deel + keer * deel);

create table tekort_gemeten as
with punten as (
    select
        b.buurt, r.randvoorwaarde, 1 as rang, 1 - b.binnen as aandeel, b.zonder_onder as onder, b.zonder_boven as boven,
        1 - o.binnen as aandeel_65, least(o.zonder_onder, 1 - o.binnen) as onder_65,
        greatest(o.zonder_boven, 1 - o.binnen) as boven_65,
        b.herkomst as hoe, 'bereik_' || b.bereik || '_' || b.meter as indicator, 100 * b.binnen as waarde,
        (select max(jaar)::bigint from variabele_gebied where variabele = 'inwoners') as jaar, 'punten' as bron
    from bereik_deel b
    join randvoorwaarde_bereik r on r.bereik = b.bereik and r.meter = b.meter
    left join bereik_deel o on o.buurt = b.buurt and o.bereik = b.bereik and o.meter = b.meter and o.groep = '65plus'
    where b.groep = 'inwoners'
),

afstand as (
    select
        d.buurt, d.doel as randvoorwaarde, 10 as rang, d.aandeel, d.onder, d.boven, 'gemiddelde' as hoe, d.indicator,
        d.waarde, d.jaar, d.bron
    from zonder_uit_gemiddelde d
    join randvoorwaarde r on r.code = d.doel and r.norm_m = d.meter
    where d.soort = 'randvoorwaarde'
),

woningtype as (
    select
        m.gebied as buurt, m.jaar, m.waarde / 100 as gestapeld, 1 - m.waarde / 100 as eengezins,
        coalesce(n.waarde / 100, o.nieuw_onbekend) as nieuw
    from variabele_gebied m
    join gebied g on g.code = m.gebied and g.kleinste
    left join variabele_gebied n on n.gebied = m.gebied and n.jaar = m.jaar and n.variabele = 'pct_bouwjaar_vanaf_2000'
    cross join oordeel o
    where m.variabele = 'pct_meergezins'
    qualify row_number() over (partition by m.gebied order by m.jaar desc) = 1
),

-- Deel van de woningen zonder trap, en daaruit het deel van de mensen die dat nodig hebben en zo wonen.
geschikt as (
    select
        w.*,
        gestapeld * (nieuw * o.nultrede_deel_gestapeld_nieuw + (1 - nieuw) * o.nultrede_deel_gestapeld)
            + eengezins * o.eengezins_mogelijk * o.nultrede_deel_eengezins as midden,
        gestapeld * (nieuw * o.gestapeld_nieuw_weinig + (1 - nieuw) * o.gestapeld_weinig)
            + eengezins * o.eengezins_weinig as weinig,
        gestapeld * (nieuw * o.gestapeld_nieuw_veel + (1 - nieuw) * o.gestapeld_veel)
            + eengezins * o.eengezins_veel as veel,
        o.nultrede_voorkeur, o.voorkeur_weinig, o.voorkeur_veel
    from woningtype w
    cross join oordeel o
),

woning as (
    select
        w.buurt, r.code as randvoorwaarde, 20 as rang,
        1 - met_voorkeur(w.midden, w.nultrede_voorkeur) as aandeel, 1 - met_voorkeur(w.veel, w.voorkeur_veel) as onder,
        1 - met_voorkeur(w.weinig, w.voorkeur_weinig) as boven,
        'woning' as hoe, 'meergezins' as indicator, 100 * w.gestapeld as waarde, w.jaar, 'kwb' as bron
    from geschikt w
    join randvoorwaarde r on r.meetbaar = 'woning'
),

samen as (
    from punten union all by name from afstand union all by name from woning
)

select
    s.buurt, s.randvoorwaarde, s.aandeel, least(s.onder, s.aandeel) as onder, greatest(s.boven, s.aandeel) as boven,
    s.aandeel_65, s.onder_65, s.boven_65, s.hoe, s.indicator, s.waarde, s.jaar, s.bron
from samen s
qualify row_number() over (partition by s.buurt, s.randvoorwaarde order by s.rang) = 1
order by s.buurt, s.randvoorwaarde;

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

-- Dezelfde tabel met wat de gemeente opgeeft erover: dat gaat voor op een meting, en het kleinste gebied gaat voor.
-- o_…: even lange lijsten, een plaats per opgave; o_aandeel mag leeg zijn (null).
create macro tekort_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar) as table
with opgave_los as (
    select
        unnest(o_gebied::varchar[]) as gebied, unnest(o_randvoorwaarde::varchar[]) as randvoorwaarde,
        unnest(o_status::varchar[]) as status, unnest(o_aandeel::double[]) as aandeel, unnest(o_jaar::bigint[]) as jaar
),

opgave_buurt as (
    select
        l.buurt, o.randvoorwaarde, o.status, o.aandeel as opgegeven, o.jaar
    from opgave_los o
    join gebied g on g.code = o.gebied
    join gebied_buurt l on l.gebied = o.gebied
    qualify row_number() over (
        partition by l.buurt, o.randvoorwaarde
        order by list_position(['buurt', 'wijk', 'eigen', 'gemeente', 'land'], g.niveau), o.gebied
    ) = 1
),

opgave_deel as (
    select
        b.buurt, b.randvoorwaarde,
        coalesce(b.opgegeven,
            case b.status when 'voldoet' then 0 when 'deels' then o.deels_aandeel
                when 'knelpunt' then o.knelpunt_aandeel end) as aandeel,
        coalesce(b.opgegeven,
            case b.status when 'voldoet' then 0 when 'deels' then o.deels_weinig when 'knelpunt' then o.knelpunt_weinig
                end) as onder,
        coalesce(b.opgegeven,
            case b.status when 'voldoet' then 0 when 'deels' then o.deels_veel when 'knelpunt' then 1 end) as boven,
        'opgegeven' as hoe, b.status as opgave_status, null::varchar as indicator, null::double as waarde, b.jaar,
        'opgave' as bron
    from opgave_buurt b
    cross join oordeel o
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
with tekort as (
    select * from tekort_met(buurten, o_gebied, o_randvoorwaarde, o_status, o_aandeel, o_jaar)
)

select * exclude (aandeel_65, onder_65, boven_65), 'inwoners' as leeftijd
from tekort
union all by name
select
    * exclude (aandeel_65, onder_65, boven_65)
        replace (coalesce(aandeel_65, aandeel) as aandeel, coalesce(onder_65, onder) as onder,
            coalesce(boven_65, boven) as boven),
    '65plus' as leeftijd
from tekort;
