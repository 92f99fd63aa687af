-- Getal → meting: één waarde per gebied, jaar en variabele, met de bron waar ze uit komt.

-- Het jaar van een cel: uit de rij zelf, anders het jaar van de familie in dat bestand.
create table meting_bron as
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
        bestand, bestandsnaam, indeling, gebied, jaar, variabele, bron_familie, familie, soort,
        max(waarde) filter (maat = 'waarde') as waarde,
        max(waarde) filter (maat = 'onder') as onder,
        max(waarde) filter (maat = 'boven') as boven
    from familie_van_bestand
    group by all
)

select * from breed where waarde is not null;

-- Staat een cijfer in twee bestanden, dan telt het bestand waar het in thuishoort, en daarna de naam van het bestand.
create table meting as
select * exclude (rang)
from (
    select
        *,
        row_number() over (
            partition by gebied, indeling, jaar, variabele
            order by (bron_familie = familie) desc, bestandsnaam, bestand
        ) as rang
    from meting_bron
)
where rang = 1
order by variabele, jaar, gebied;
