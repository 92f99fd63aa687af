-- Van welke randvoorwaarden er in de database iets bekend of begrensd is, en van welk jaar de doelgroepen zijn. Leeg
-- zonder doelgroepen: dan is niet bekend wie haar nodig heeft. Alleen wat voor iemand noodzakelijk is.

select r.code as randvoorwaarde, (select max(jaar)::bigint from doelgroep_buurt) as jaar
from randvoorwaarde r
where exists (select 1 from doelgroep_buurt) and r.code in (select randvoorwaarde from eis where graad = 'N')
    and r.code in (
    select randvoorwaarde from begrensd union select randvoorwaarde from tekort_gemeten where aandeel is not null
)
order by r.volgorde;
