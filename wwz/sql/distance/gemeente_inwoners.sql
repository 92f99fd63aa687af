-- Hoeveel mensen er in elke gemeente wonen, in het nieuwste jaar.

with nieuwste as (
    select g.gemeente, v.waarde
    from variabele_gebied v
    join gebied g on g.code = v.gebied and g.kleinste
    where v.variabele = 'inwoners'
    qualify row_number() over (partition by v.gebied order by v.jaar desc) = 1
)

select gemeente, sum(waarde) as inwoners
from nieuwste
group by gemeente
order by gemeente;
