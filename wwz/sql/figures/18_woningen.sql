-- Hoeveel woningen er in een gebied zijn, in het nieuwste jaar waarin er woningen zijn.
create view woningen_nu as
select gebied, waarde as woningen
from variabele_gebied
where variabele = 'woningen' and waarde > 0
qualify row_number() over (partition by gebied order by jaar desc) = 1;
