-- Waar de mensen van een gebied wonen, als punten in RD-meters. $buurten: codes.
-- deel en deel65: welk deel van de inwoners en van de 65-plussers van de buurt er woont (0 tot 1).

select
    w.buurt, w.x, w.y, w.gewicht / sum(w.gewicht) over (partition by w.buurt) as deel,
    case when sum(w.gewicht_65) over (partition by w.buurt) > 0
        then w.gewicht_65 / sum(w.gewicht_65) over (partition by w.buurt)
        else w.gewicht / sum(w.gewicht) over (partition by w.buurt) end as deel65
from woonplek w
where w.buurt in (select unnest($buurten)) and w.gewicht > 0
order by w.buurt, w.x, w.y;
