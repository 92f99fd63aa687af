-- De bronregel bij een cijfer: wie het maakt, en uit welke tabel, versie, dag van ophalen en licentie het komt (tabel
-- herkomst, uit de gelezen bestanden). Alle schermen en exports nemen deze regel over (rules/87_bronregel.sql). Bij een
-- vraag zou zij bij elke regel opnieuw worden samengesteld; daarom staat zij hier klaar, met {jaar} op de plaats van
-- het
-- jaar. jaar is leeg in de rij van alle jaren waarvan niets anders bekend is.

create table bronvermelding as
with jaren as (
    select bron, jaar from herkomst where jaar > 0
    union
    select code, jaar from bron where jaar > 0
    union
    select code, null from bron where jaar = 0
)

select
    b.code as bron, j.jaar,
    case
        when r.fictief then 'Fictief voorbeeld, in de opzet van: ' || b.titel || ' {jaar}'
        else b.naamsvermelding || coalesce(
            v.tekst || case when v.licentie = '' or contains(b.naamsvermelding, v.licentie) then ''
                else ', ' || v.licentie end,
            a.tekst, ', tabel ' || t.tabel, ''
        ) || coalesce(c.tekst, '')
    end as regel
from bron b
cross join regel r
join jaren j on j.bron = b.code
left join herkomst v on v.bron = b.code and v.jaar = j.jaar
left join herkomst a on a.bron = b.code and a.jaar = 0
left join volledigheid c on c.bron = b.code
left join bron t on t.code = b.code and t.jaar = j.jaar
where b.jaar = 0
order by b.code, j.jaar;
