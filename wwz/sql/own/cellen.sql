-- Elk opgegeven aantal met wat nodig is om het te beschermen: één rij per onderwerp, jaar en gebied. hoogstens: over
-- hoeveel mensen het gaat. klein: te verbergen. Wie van een bredere leeftijdsgroep niet bij de smallere hoort, is ook
-- een aantal: dat staat hier onder een naam die met een spatie begint, met het nummer van de smallere.

with rest as (
    select r.*, s.nummer as smal, r.aantal - s.aantal as anderen, r.noemer - s.noemer as ruimte
    from eigen_klein r
    join eigen_klein s on s.gebied = r.gebied and s.jaar = r.jaar and s.nummer <> r.nummer
    join indicator ir on ir.code = r.doel
    join indicator ie on ie.code = s.doel and ie.laag = ir.laag and ir.noemer = 'leeftijd_18plus'
        and ie.noemer = 'leeftijd_65plus'
    where r.aantal >= s.aantal and r.noemer > s.noemer
)

select
    lower(trim(onderwerp)) as onderwerp, nummer, jaar, gebied, niveau, wijk, gemeente, inwoners, aantal,
    noemer as hoogstens, klein, stand
from eigen_klein
union all
select
    ' ' || lower(onderwerp) || ' min ' || smal, smal, jaar, gebied, niveau, wijk, gemeente, inwoners, anderen, ruimte,
    anderen < (select minimum from regel), stand
from rest
order by gebied, nummer, jaar, onderwerp;
