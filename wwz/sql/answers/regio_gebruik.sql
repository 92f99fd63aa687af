-- Hoeveel mensen er in elke gemeente gebruik maken van een soort hulp ($variabele), zoals de bron het publiceert.
-- Eén rij per gemeente en jaar; een gemeente waarvan de bron niets geeft, staat er niet in.

select gebied as gemeente, jaar, round(waarde)::bigint as aantal, bronregel(bron, jaar) as bron
from gebruik_gemeente
where variabele = $variabele and waarde is not null
order by jaar, gemeente;
