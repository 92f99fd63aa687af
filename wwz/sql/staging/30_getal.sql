-- Cel → getal. Ontbrekend is leeg, nooit nul; wat geen getal is of niet kan, gaat met reden de deur uit.

-- Spaties (ook vaste en smalle) en punten tussen groepen van drie cijfers; komma of punt voor de decimalen.
-- Bij een aantal is 1.234 een duizendtal: een half mens bestaat niet. Maar 123.000 kan allebei zijn, en is dus niets.
create macro getal_uit(tekst, soort) as try_cast(
    case
        when regexp_full_match(tekst, '[-+]?\d{1,3}([ \x{00A0}\x{2009}\x{202F}]\d{3})+([.,]\d+)?')
            then replace(regexp_replace(tekst, '[ \x{00A0}\x{2009}\x{202F}]', '', 'g'), ',', '.')
        when regexp_full_match(tekst, '[-+]?\d{1,3}(\.\d{3})+,\d+') then replace(replace(tekst, '.', ''), ',', '.')
        when soort = 'aantal' and regexp_full_match(tekst, '[-+]?\d{1,3}(\.000)+') then null
        when soort = 'aantal' and regexp_full_match(tekst, '[-+]?\d{1,3}(\.\d{3})+') then replace(tekst, '.', '')
        when regexp_full_match(tekst, '[-+]?\d*,\d+') then replace(tekst, ',', '.')
        when regexp_full_match(tekst, '[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?') then tekst
    end as double
);

-- Dezelfde tekst staat er vaak: lees elke tekst één keer.
create temp table gelezen as
with variabele_van_kolom as (
    select
        k.variabele as kolom,
        coalesce((select w.variabele from variabele w where w.variabele = k.variabele),
            regexp_replace(k.variabele, '_(18|65)$', '')) as variabele
    from (select distinct variabele from cel) k
),

tekst as (
    select distinct c.tekst, k.kolom, v.familie, v.soort, v.minimum, v.maximum
    from cel c
    join variabele_van_kolom k on k.kolom = c.variabele
    join variabele v on v.variabele = k.variabele
),

getal as (
    select
        *,
            lower(tekst) in ('', '.', '..', 'x', '-', '*', 'nan', 'na', 'n.v.t.', 'none', 'null', '<na>', 'onbekend',
                'geheim') as leeg,
        getal_uit(tekst, soort) as waarde
    from tekst
)

select
    kolom, tekst, familie, soort, waarde,
    case
        when leeg or waarde <= (select ontbreekt_tot from regel) then 'ontbreekt'
        when waarde is null or not isfinite(waarde) then 'geen getal'
        when waarde < minimum or waarde > maximum or (soort = 'aantal' and waarde <> round(waarde)) then 'kan niet'
        else 'goed'
    end as oordeel
from getal;

create temp table meting_ruw as
select c.bestand, c.gebied, c.maat, c.variabele, c.tekst, g.familie, g.soort, c.rij_jaar, g.waarde, g.oordeel
from cel c
join gelezen g on g.kolom = c.variabele and g.tekst = c.tekst;

drop table cel;

insert into melding
select
    b.naam, 'afgekeurd',
    'Kolom ' || m.variabele || ': ' || in_tekst(count(*), 0) || ' keer staat er ' ||
        case m.oordeel when 'geen getal' then 'geen getal' else 'een getal dat niet kan' end ||
        ' (bijvoorbeeld "' || left(regexp_replace(min(m.tekst), '[\x00-\x1F\x7F-\x9F]', ' ', 'g'), 30) || '" bij ' ||
        arg_min(m.gebied, (m.tekst, m.gebied)) || '); die cellen zijn onbekend.',
    count(*)
from meting_ruw m
join bestand b using (bestand)
where m.oordeel in ('geen getal', 'kan niet')
group by b.naam, m.variabele, m.oordeel
order by all;
