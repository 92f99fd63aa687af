-- Per buurt en beperking het nieuwste aandeel (0 tot 1), met marge; bit: welke beperking; groep: 18 of 65.
-- Wat voor een later jaar is bijgewerkt, telt niet: het scherm toont eerst wat gepubliceerd is.

select c.gebied, b.bit, b.groep, c.waarde / i.per as aandeel, c.onder / i.per as onder, c.boven / i.per as boven
from cijfer c
join persoon_beperking b on b.indicator = c.indicator
join indicator i on i.code = c.indicator
join gebied g on g.code = c.gebied and g.kleinste
where c.wijze <> 'bijgewerkt' and c.waarde is not null
qualify row_number() over (partition by c.gebied, c.indicator order by c.jaar desc) = 1
order by c.gebied, b.bit, b.groep;
