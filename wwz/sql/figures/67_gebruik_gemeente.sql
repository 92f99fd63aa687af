-- Hoeveel mensen per gemeente hulp van een soort gebruiken waar een meetregel naar kijkt, zoals de bron het publiceert.

create table gebruik_gemeente as
select v.gebied, v.variabele, v.jaar, v.waarde, v.bron_familie as bron
from variabele_gebied v
join gebied g on g.code = v.gebied and g.niveau = 'gemeente'
where v.variabele in (select indicator from meetregel where regel = 'gebruik');
