-- Binnen hoeveel meter de helft van de inwoners en van de 65-plussers een voorziening heeft. $buurten: codes; $bereik.

select groep, waarde, onder, boven, herkomst, netwerk, dekking, jaar
from bereik_mediaan($buurten)
where bereik = $bereik
order by groep;
