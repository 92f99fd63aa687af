-- Getal → meting: één waarde per gebied, jaar en variabele, met de bron waar ze uit komt.

-- Het jaar van een cel: uit de rij zelf, anders het jaar van de familie in dat bestand.
create temp table meting_bron as
with familie_van_bestand as (
    select
        m.*, b.naam as bestandsnaam, b.indeling,
        coalesce(m.rij_jaar, j.jaar) as jaar,
        j.familie as bron_familie
    from meting_ruw m
    join bestand b using (bestand)
    join bestand_jaar j
        on j.bestand = m.bestand
        and j.familie = case
            when m.familie = 'nabijheid'
                and not exists (select 1 from bestand_jaar n where n.bestand = m.bestand and n.familie = 'nabijheid')
            then 'kwb' else m.familie end
    where m.oordeel = 'goed'
),

breed as (
    select
        bestand, gebied, jaar, variabele, bestandsnaam, indeling, bron_familie, familie, soort,
        max(waarde) filter (maat = 'waarde') as waarde,
        max(waarde) filter (maat = 'onder') as onder,
        max(waarde) filter (maat = 'boven') as boven
    from familie_van_bestand
    group by bestand, gebied, jaar, variabele, bestandsnaam, indeling, bron_familie, familie, soort
)

select * from breed where waarde is not null;

-- Staat een cijfer in twee bestanden, dan telt het bestand waar het in thuishoort, en daarna de naam van het bestand.
create table meting as
with dubbel as (
    select indeling, jaar, variabele
    from meting_bron
    group by indeling, jaar, variabele
    having min(bestand) < max(bestand)
),

enkel as (
    select m.*
    from meting_bron m anti join dubbel d on d.indeling is not distinct from m.indeling
        and d.jaar is not distinct from m.jaar and d.variabele = m.variabele
),

gekozen as (
    select m.*
    from meting_bron m
    join dubbel d on d.indeling is not distinct from m.indeling and d.jaar is not distinct from m.jaar
        and d.variabele = m.variabele
    qualify row_number() over (
        partition by
            m.gebied, m.indeling, m.jaar, m.variabele order by (m.bron_familie = m.familie) desc, m.bestandsnaam,
            m.bestand
    ) = 1
)

select * from enkel
union all by name
select * from gekozen
order by variabele, jaar, gebied;

drop table meting_bron;
drop table meting_ruw;
