-- Van welk jaar is welk cijfer er, en voor hoeveel buurten. Eén rij per indicator en jaar. deel_buurten: van de
-- bewoonde buurten het deel met een cijfer (0 tot 1); leeg als van geen buurt bekend is dat er iemand woont.

select
    i.thema, i.code, i.titel, j.jaar, j.nieuwste, j.buurten, j.gebieden,
    j.bewoonde_buurten / nullif(
        (select count(*) from inwoners_nu n join gebied g on g.code = n.gebied and g.kleinste where n.inwoners > 0), 0
    ) as deel_buurten,
    bronregel(j.bron, j.jaar) as bron
from indicator_jaar j
join indicator i on i.code = j.indicator
order by i.volgorde, j.jaar desc;
