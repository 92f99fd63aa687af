-- Heeft de weg naar winkel of ontmoetingsplek voor een groot deel geen voetpad dat breed genoeg is, of is er geen enkel
-- bankje (places/footways.py), dan is de openbare ruimte zeker niet geschikt. Of de rest vlak en veilig is, zegt de BGT
-- niet.
-- Parameters: breedte (meters); banken: 1 als een bankje nodig is; z: zo veel standaardafwijkingen is de marge.

insert into bewijs by name
with deel as (
    select
        l.buurt, m.randvoorwaarde, m.rang, m.werking, m.indicator, l.woningen, l.route, l.jaar,
        parameter(m.parameters, 'z') as z,
        case when parameter(m.parameters, 'banken') = 1 then l.zonder else l.smal end as zonder
    from looproute_buurt l
    join meetregel m on m.regel = 'looproute' and parameter(m.parameters, 'breedte') = l.breedte
)

-- Het is een steekproef van woningen: zo ver kan zij ernaast zitten (90%).
select
    buurt, randvoorwaarde, rang, werking, zonder as minstens,
    ondergrens(zonder - z * sqrt(zonder * (1 - zonder) / woningen)) as onder, 'route' as hoe, indicator,
    100 * route as waarde, jaar, 'bgt' as bron
from deel;
