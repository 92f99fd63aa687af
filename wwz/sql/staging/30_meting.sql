-- Cel → getal. Ontbrekend is leeg, nooit nul; wat geen getal is of niet kan, gaat met reden de deur uit.

create table meting_ruw as
with variabele_van_cel as (
    select *, regexp_replace(variabele, '_(18|65)$', '') as stam from cel
),

getal as (
    select
        c.bestand, c.gebied, c.maat, c.variabele, c.tekst, v.familie, v.soort, v.minimum, v.maximum,
        c.rij_jaar,
        c.tekst in ('', '.', 'x', '-', 'nan', 'None', '<NA>') as leeg,
        try_cast(
            case when contains(c.tekst, ',') and not contains(c.tekst, '.') then replace(c.tekst, ',', '.') else c.tekst end
            as double
        ) as waarde
    from variabele_van_cel c
    join variabele v on v.variabele = coalesce((select w.variabele from variabele w where w.variabele = c.variabele), c.stam)
)

select
    *,
    case
        when leeg or waarde <= (select ontbreekt_tot from regel) then 'ontbreekt'
        when waarde is null or not isfinite(waarde) then 'geen getal'
        when waarde < minimum or waarde > maximum then 'kan niet'
        else 'goed'
    end as oordeel
from getal;

insert into melding
select
    b.naam, 'afgekeurd',
    'Kolom ' || m.variabele || ': ' || count(*) || ' keer staat er ' ||
        case m.oordeel when 'geen getal' then 'geen getal' else 'een getal dat niet kan' end ||
        ' (bijvoorbeeld "' || left(any_value(m.tekst), 30) || '" bij ' || any_value(m.gebied) || '); die cellen zijn onbekend.',
    count(*)
from meting_ruw m
join bestand b using (bestand)
where m.oordeel in ('geen getal', 'kan niet')
group by b.naam, m.variabele, m.oordeel
order by all;

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
