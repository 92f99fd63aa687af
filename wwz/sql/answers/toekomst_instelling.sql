-- Wie nu in een instelling woont, komt er bij een doelgroep bij naar haar omvang; samen een evenredig deel van het
-- land.
-- $onderwerp: code; $per_jaar: verandering van het aandeel per jaar. Eén rij per jaar na nu: erbij is hoeveel mensen er
-- naast elke mens van de doelgroep bij komen als iedereen thuis woont. Geen rij als er niemand van in een instelling
-- woont.

select b.jaar, max(e.mensen / e.land) * sum(b.verwacht) / nullif(sum(b.teller), 0) as erbij
from toekomst_basis([], $onderwerp, $per_jaar::double) b
join toekomst_extramuraal e on e.onderwerp = $onderwerp and e.jaar = b.jaar
where b.jaren > 0
group by b.jaar
order by b.jaar;
