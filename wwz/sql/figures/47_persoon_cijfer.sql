-- Hoeveel mensen minstens één beperking hebben: geteld in de bevolking van de buurt (build/steps.py, 46), iedereen één
-- keer. De marge komt van die van elke beperking, en van hoe sterk beperkingen samengaan.

insert into cijfer
with geteld as (
    select
        p.gebied, g.groep, coalesce(sum(p.mensen) filter (p.beperkingen > 0), 0)::double as teller,
        sum(p.mensen)::double as noemer
    from persoon p
    join persoon_leeftijd l on l.leeftijd = p.leeftijd
    join (values ('18'), ('65')) g(groep) on (g.groep = '18' and l.vanaf_18) or l.vanaf_65
    group by p.gebied, g.groep
)

select
    t.gebied, i.code as indicator, b.jaar, t.teller, t.noemer, i.per * t.teller / t.noemer as waarde,
    round(i.per * greatest(0, t.teller / t.noemer + m.onder - m.midden), 6) as onder,
    round(i.per * least(1, t.teller / t.noemer + m.boven - m.midden), 6) as boven, 'recept' as marge_uit,
    'geschat' as soort, 'schatting' as bron, 'personen' as wijze, b.leeftijd_jaar as noemer_jaar,
    1.0::double as dekking, false as geteld
from geteld t
join persoon_marge m on m.gebied = t.gebied and m.groep = t.groep and m.bekend
join indicator i on i.code = 'beperking_' || t.groep
join (select gebied, max(jaar) as jaar, max(leeftijd_jaar) as leeftijd_jaar from bevolking_nu group by gebied) b
    on b.gebied = t.gebied
where t.noemer > 0;
