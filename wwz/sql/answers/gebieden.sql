-- Alle gebieden op het scherm, om te zoeken en te kiezen. Eén rij per gebied. officieel en ook: andere namen van een
-- gemeente, om haar mee te vinden. kleinste: daar rekenen wij mee (een buurt, of een wijk of gemeente waar geen buurten
-- van zijn).

select
    g.code, g.naam, g.niveau, g.gemeente, g.wijk, g.gemeentenaam, w.naam as wijknaam, g.officieel, g.ook, g.water,
    g.kleinste, c.teller as inwoners
from gebied g
left join gebied w on w.code = g.wijk
left join indicator_jaar j on j.indicator = 'inwoners' and j.nieuwste
left join cijfer_open c on c.gebied = g.code and c.indicator = 'inwoners' and c.jaar = j.jaar
order by
    list_position(['eigen', 'gemeente', 'wijk', 'buurt'], g.niveau) nulls last, g.naam;
