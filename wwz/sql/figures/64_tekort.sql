-- Per buurt en randvoorwaarde: welk deel van de mensen haar mist (0 tot 1), met marge en herkomst.
-- Wat niet gemeten is, heeft hier geen rij: onbekend telt nooit als voldaan. …_65: hetzelfde voor 65-plussers, leeg
-- waar dat niet apart bekend is.

create table tekort_gemeten as
with besluit as (
    from bewijs
    where werking = 'beslist'
    qualify row_number() over (partition by buurt, randvoorwaarde order by rang) = 1
),

-- Een grens geldt voor wat grover is dan zij zelf. Van meer grenzen geldt de smalste.
grens as (
    select
        b.buurt, b.randvoorwaarde, max(g.minstens) as minstens, max(g.onder) as onder, min(g.hooguit) as hooguit,
        min(g.boven) as boven
    from besluit b
    join bewijs g on g.buurt = b.buurt and g.randvoorwaarde = b.randvoorwaarde and g.werking = 'begrenst'
        and g.rang < b.rang
    group by b.buurt, b.randvoorwaarde
),

-- Waarvan zeker is waar het niet kan zijn, zegt de eerste schatting die erna komt waar het daarbinnen ligt. Een
-- schatting die er helemaal naast ligt, zegt niets.
nader as (
    select b.buurt, b.randvoorwaarde, s.onder, s.boven
    from besluit b
    join bewijs s on s.buurt = b.buurt and s.randvoorwaarde = b.randvoorwaarde and s.werking = 'beslist'
        and s.rang > b.rang
    where b.minstens is not null and s.onder <= b.hooguit and s.boven >= b.minstens
    qualify row_number() over (partition by b.buurt, b.randvoorwaarde order by s.rang) = 1
),

-- least() en greatest() slaan een grens over die er niet is.
samen as (
    select
        b.* replace (
            least(greatest(b.aandeel, g.minstens, s.onder), g.hooguit, s.boven) as aandeel,
            least(greatest(b.onder, g.onder, s.onder), g.boven) as onder,
            least(greatest(b.boven, g.minstens), g.boven, s.boven) as boven
        )
    from besluit b
    left join grens g on g.buurt = b.buurt and g.randvoorwaarde = b.randvoorwaarde
    left join nader s on s.buurt = b.buurt and s.randvoorwaarde = b.randvoorwaarde
)

select
    buurt, randvoorwaarde, aandeel, least(onder, aandeel) as onder, greatest(boven, aandeel) as boven, aandeel_65,
    onder_65, boven_65, hoe, indicator, waarde, jaar, bron
from samen
order by buurt, randvoorwaarde;
