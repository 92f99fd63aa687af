-- Alle bewoonde buurten in het jaar waarvoor gezondheidscijfers gepubliceerd zijn, met waar zij liggen en hoe groot zij
-- zijn. Eén rij per buurt; noemers in mensen.

select
    b.gebied, b.jaar, b.gemeente, b.wijk, b.inwoners, b.stedelijkheid, b.grootte, m18.mensen as noemer_18,
    m65.mensen as noemer_65
from schatting_buurt b
join schatting_noemer m18 on m18.gebied = b.gebied and m18.jaar = b.jaar and m18.noemer = 'leeftijd_18plus'
join schatting_noemer m65 on m65.gebied = b.gebied and m65.jaar = b.jaar and m65.noemer = 'leeftijd_65plus'
where b.jaar = (select max(jaar) from schatting_jaar where gepubliceerd)
order by b.gebied;
