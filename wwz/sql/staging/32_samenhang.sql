-- Delen die samen meer zijn dan het geheel: dan staan er kolommen verwisseld of is de rij beschadigd. Welk van de
-- getallen fout is, is niet te zien; daarom telt geen van alle.
-- De lijst staat in knowledge/samenhang.csv.

-- Wie naast 65 tot 80 en 80+ ook 65+ geeft, mag niet dubbel tellen.
create table strijdig as
with goed as (
    select bestand, gebied, rij_jaar, variabele, waarde
    from meting_ruw
    where oordeel = 'goed' and maat = 'waarde'
),

totaal_65 as (
    select distinct bestand, gebied, rij_jaar from goed where variabele = 'leeftijd_65plus'
),

deel as (
    select g.bestand, g.gebied, g.rij_jaar, s.som, s.geheel, s.volledig, sum(g.waarde) as delen, count(*) as aantal
    from goed g
    join samenhang s on s.deel = g.variabele
    left join totaal_65 t
        on t.bestand = g.bestand and t.gebied = g.gebied and t.rij_jaar is not distinct from g.rij_jaar
    where not (t.gebied is not null and g.variabele in ('leeftijd_65_80', 'leeftijd_80plus'))
    group by all
),

-- Elk getal is afgerond: zo veel kan de som daardoor hoogstens van het geheel verschillen.
vergeleken as (
    select
        d.*, coalesce(w.waarde, 100) as heel,
        (d.aantal + 1) * (
            select max(a.stap) from afronding a
            where a.familie = 'kwb' and a.soort = case when d.geheel is null then 'aandeel' else 'aantal' end
        ) as speling,
        (select count(*) from samenhang s where s.som = d.som and s.geheel is not distinct from d.geheel) as verwacht
    from deel d
    left join goed w
        on w.bestand = d.bestand and w.gebied = d.gebied and w.rij_jaar is not distinct from d.rij_jaar
        and w.variabele = d.geheel
    where d.geheel is null or w.waarde is not null
)

select bestand, gebied, rij_jaar, som, geheel, delen, heel
from vergeleken
where delen > heel + speling or (volledig and aantal = verwacht and delen < heel - speling);

update meting_ruw m
set oordeel = 'strijdig'
from strijdig s
where s.bestand = m.bestand and s.gebied = m.gebied and s.rij_jaar is not distinct from m.rij_jaar
    and m.oordeel = 'goed'
    and (m.variabele = s.geheel or m.variabele in (
        select deel from samenhang h where h.som = s.som and h.geheel is not distinct from s.geheel
    ));

insert into melding
select
    b.naam, 'afgekeurd',
    'Bij ' || in_tekst(count(*), 0) || case when count(*) = 1 then ' gebied kloppen ' else ' gebieden kloppen ' end ||
    s.som || ' niet met ' || coalesce('de ' || s.geheel, '100 procent') ||
    ' (bijvoorbeeld ' || in_tekst(arg_min(s.delen, (s.gebied, s.rij_jaar)), 0) || ' bij '
        || in_tekst(arg_min(s.heel, (s.gebied, s.rij_jaar)), 0) || ' in ' || min(s.gebied)
        || '); die cijfers zijn onbekend. Staan de kolommen op de goede plaats?',
    count(*)
from strijdig s
join bestand b using (bestand)
group by b.naam, s.som, s.geheel
order by all;
