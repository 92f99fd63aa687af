-- Wie er binnen bereik van één soort voorziening woont: inwoners, 65plus en elke doelgroep, per afstand.
-- $buurten: codes; $bereik: code uit afstand.toml. aandeel, onder en boven: 0 tot 1; teller: mensen, leeg als het er te
-- weinig zijn om te tonen (verborgen). teller_onder en teller_boven: de marge in mensen.

with samen as (
    select *, verborgen(bereik_minimum($bereik, s.groep), teller) as te_weinig
    from bereik_samen($buurten, $bereik, '') s
    where teller is not null and dekking >= (select dekking_minimaal from regel)
)

select
    groep, meter, jaar, noemer, dekking, te_weinig as verborgen, geteld, herkomst,
    case when not te_weinig then teller end as teller, case when not te_weinig then teller_onder end as teller_onder,
    case when not te_weinig then least(teller_boven, case when geteld then noemer else teller_boven end) end
        as teller_boven,
    case when not te_weinig then teller / noemer end as aandeel
from samen
order by groep, meter;
