-- Bescherming op één plaats: alles wat de database verlaat, komt hierlangs.
-- Een gebied in verborgen_gebied heet "niet getoond": of het daar om weinig mensen gaat, staat er niet bij.
create view cijfer_open as
with met_toeval as (
    select
        c.*, i.regel, i.per, i.minimum,
        toeval_van(c.marge_uit, i.per, c.teller - coalesce(d.mensen, 0), c.noemer) as toeval
    from cijfer c
    join indicator i on i.code = c.indicator
    left join geteld_deel d on d.gebied = c.gebied and d.indicator = c.indicator and d.jaar = c.jaar
),

marge as (
    select
        * exclude (onder, boven), case when toeval > 0 then onder_met(waarde, onder, toeval) else onder end as onder,
        case when toeval > 0 then bovengrens(regel, per, boven_met(waarde, boven, toeval)) else boven end as boven
    from met_toeval
),

bekeken as (
    select
        c.*,
        verborgen(c.minimum, c.teller) and p.gebied is null as verborgen,
        p.gebied is not null as beschermd,
        toonbaar(verborgen(c.minimum, c.teller), c.soort) and p.gebied is null as aandeel_open,
        betrouwbaarheid(c.waarde, c.onder, c.boven, c.noemer) as betrouwbaarheid
    from marge c
    left join verborgen_gebied p on p.gebied = c.gebied and p.indicator = c.indicator and p.jaar = c.jaar
)

select
    gebied, indicator, jaar, verborgen, beschermd,
    case when not verborgen and not beschermd then teller end as teller,
    noemer,
    case when aandeel_open then waarde end as waarde,
    case when aandeel_open then onder end as onder,
    case when aandeel_open then boven end as boven,
    case when not verborgen and aandeel_open and regel = 'aandeel'
        then aantal_onder(marge_uit, per, teller, noemer, onder) end as teller_onder,
    case when not verborgen and aandeel_open and regel = 'aandeel'
        then aantal_boven(marge_uit, per, teller, noemer, boven) end as teller_boven,
    case when beschermd then 'niet getoond' else soort end as soort, bron, wijze, geteld, marge_uit, noemer_jaar,
    dekking,
    -- Ook het woord zegt iets over een verborgen aantal: bij niemand is de marge nul.
    case when beschermd or not aandeel_open then 'onbekend' else betrouwbaarheid end as betrouwbaarheid
from bekeken;
