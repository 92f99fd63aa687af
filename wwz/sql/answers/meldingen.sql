-- Wat er over de bestanden te melden is: afgekeurd, let_op of info. Eén rij per melding.

select bestand, ernst, tekst, aantal
from melding
order by case ernst when 'afgekeurd' then 0 when 'let_op' then 1 else 2 end, bestand, tekst;
