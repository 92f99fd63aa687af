-- Een beperking of doelgroep in de toekomst: het aandeel van nu, maal hoe het verwachte aandeel met de leeftijden
-- verandert. Per leeftijd blijft het aandeel gelijk, tenzij een scenario anders zegt.
-- Vijf aannames maken de marge: verhuizen, levensduur, gezondheid, het cijfer van nu, en wat er in een buurt anders
-- loopt. En toeval. Een aantal dat de gemeente telde, is het begin: van de peildatum naar 2025 groeit het met de eerste
-- stap mee.

create macro toekomst_waarde(aanname) as (select max(waarde) from toekomst_aanname where code = aanname);

-- De bevolking van elke buurt naar leeftijd: een rij per band.
create view toekomst_leeftijd as
select t.gebied, t.jaar, b.band, t.mensen[b.plek] as mensen, t.anders[b.plek] as anders
from toekomst_breed t
cross join (select band, row_number() over (order by band) as plek from leeftijd_band) b;

-- Wat een onderwerp per band telt, als lijsten op volgorde van de band; één rij.
create macro toekomst_profiel(wat) as table (
    select
        bool_or(p.leeftijd) as leeftijd, list(p.in_noemer order by p.band) as in_noemer,
        list(p.deel order by p.band) as deel,
        list(case when k.vanaf_75 then p.deel else 0 end order by p.band) as deel_75,
        list(p.deel order by p.band) filter (k.oud) as deel_oud
    from toekomst_prevalentie p
    join leeftijd_band k on k.band = p.band
    where p.onderwerp = wat
);

-- Verwacht aantal per buurt en jaar, naar leeftijd alleen. Alleen bij een leeftijd telt wat het splitsen van 65+ doet.
create macro toekomst_verwacht(wat) as table (
    select
        t.gebied, t.jaar, p.leeftijd, list_dot_product(t.mensen, p.in_noemer) as noemer,
        list_dot_product(t.mensen, p.deel) as verwacht,
        list_dot_product(t.anders, p.deel) as verhuizen,
        verwacht + l.onzeker * list_dot_product(t.mensen, p.deel_75) as levensduur,
        list_sum(t.oud) as ouderen,
        case when p.leeftijd
            then splitsfout(t.oud, list_transform(t.oud, lambda mensen, i: mensen * p.deel_oud[i]), t.oud_fout) end
            as splitsing
    from toekomst_breed t
    join toekomst_land l on l.jaar = t.jaar
    cross join toekomst_profiel(wat) p
);

-- Het cijfer van nu per buurt: aandeel, en hoe onzeker dat is naar beneden en naar boven (deel van de waarde). geteld:
-- het aantal waarmee de toekomst begint; precies: of dat zelf een telling is, en geen deel van een totaal.
create macro toekomst_nu(wat) as table (
    select
        c.gebied, c.jaar, c.waarde / i.per as aandeel,
        case when c.wijze in ('opgegeven', 'geijkt') then c.teller end as geteld,
        (select max(o.jaar) from eigen_open o where c.bron in ('opgave_' || o.nummer, 'ijking_' || o.nummer)
            and o.nieuwste) as peiljaar,
        case when c.waarde > 0 then coalesce((c.waarde - c.onder) / c.waarde, 0) else 0 end as onzeker_onder,
        case when c.waarde > 0 then coalesce((c.boven - c.waarde) / c.waarde, 0) else 0 end as onzeker_boven,
        c.wijze = 'opgegeven' and c.geteld as precies
    from cijfer c
    join indicator i on i.code = c.indicator
    join indicator_jaar j on j.indicator = c.indicator and j.jaar = c.jaar and j.nieuwste
    join gebied g on g.code = c.gebied and g.kleinste
    where c.indicator = wat and c.waarde is not null
);
