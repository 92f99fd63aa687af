-- Wie een soort hulp al krijgt, naast wie haar volgens ons nodig heeft: meer dan de rest kan haar niet missen. Dat is
-- alleen een bovengrens: gebruik zegt nooit dat de anderen haar ook hebben.
-- De indicator is het aantal gebruikers, van het kleinste gebied waarvan het bekend is. Parameters (0 tot 1): raak: zo
-- veel van de gebruikers horen minstens bij wie haar hier nodig heeft, en wonen naar verhouding over het gebied; rest:
-- kleiner dan dit deel wordt de bovengrens niet, want wie hulp krijgt, krijgt niet altijd genoeg.

insert into bewijs by name
with nodig as (
    select buurt, randvoorwaarde, sum(mensen * mz) as nodig, sum(mensen_boven * mz_boven) as nodig_boven
    from nodig_met([])
    where randvoorwaarde in (select randvoorwaarde from meetregel where regel = 'gebruik')
    group by buurt, randvoorwaarde
),

vraag as (
    select
        randvoorwaarde, rang, werking, indicator, parameter(parameters, 'raak') as raak,
        parameter(parameters, 'rest') as rest
    from meetregel
    where regel = 'gebruik'
),

telling as (
    select v.gebied, g.niveau, v.variabele, v.jaar, v.waarde as gebruikers, v.bron_familie as bron
    from variabele_gebied v
    join gebied g on g.code = v.gebied and g.niveau in ('buurt', 'wijk', 'gemeente')
    where v.variabele in (select indicator from vraag)
    qualify row_number() over (partition by v.gebied, v.variabele order by v.jaar desc) = 1
),

-- Wie haar nodig heeft in het hele gebied van de telling. Van een buurt zonder doelgroepen weten wij dat niet: dan zo
-- veel als in de andere, en bij te weinig buurten niets.
gebied_nodig as (
    select
        t.*, q.randvoorwaarde, q.rang, q.werking, q.raak, q.rest,
        coalesce(sum(i.inwoners) filter (n.buurt is not null), 0) / nullif(sum(i.inwoners), 0) as bekend,
        sum(n.nodig) / bekend as nodig, sum(n.nodig_boven) / bekend as nodig_boven
    from telling t
    join vraag q on q.indicator = t.variabele
    join gebied_buurt l on l.gebied = t.gebied
    left join inwoners_nu i on i.gebied = l.buurt
    left join nodig n on n.buurt = l.buurt and n.randvoorwaarde = q.randvoorwaarde
    group by all
),

per_buurt as (
    select l.buurt, g.*
    from gebied_nodig g
    join gebied_buurt l on l.gebied = g.gebied
    where g.bekend >= (select dekking_minimaal from regel) and g.nodig > 0
    qualify row_number() over (
        partition by l.buurt, g.randvoorwaarde, g.rang, g.variabele
        order by list_position(['buurt', 'wijk', 'gemeente'], g.niveau)
    ) = 1
)

select
    buurt, randvoorwaarde, rang, werking, greatest(rest, 1 - raak * gebruikers / nodig) as hooguit,
    greatest(rest, 1 - raak * gebruikers / greatest(nodig, nodig_boven)) as boven, 'gebruik_' || niveau as hoe,
    variabele as indicator, gebruikers as waarde, jaar, bron
from per_buurt;
