-- Ouderen en kinderen zijn samen niet met meer dan alle inwoners, op afronden na.

select a.gebied, a.jaar, a.teller as ouderen, b.teller as kinderen, c.teller as inwoners
from cijfer a
join cijfer b on b.gebied = a.gebied and b.jaar = a.jaar and b.indicator = 'leeftijd_0_15'
join cijfer c on c.gebied = a.gebied and c.jaar = a.jaar and c.indicator = 'inwoners'
where a.indicator = 'leeftijd_65plus' and a.teller + b.teller > c.teller + 2 * afrondstap()
    + (select controle_leeftijd_deel from regel) * c.teller
order by all;
