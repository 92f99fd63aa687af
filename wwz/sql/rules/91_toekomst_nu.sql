-- Een beperking of doelgroep in de toekomst: het aandeel van nu, maal hoe het verwachte aandeel met de leeftijden
-- verandert. Per leeftijd blijft het aandeel gelijk, tenzij een scenario anders zegt.
-- Vijf aannames maken de marge: verhuizen, levensduur, gezondheid, het cijfer van nu, en wat er in een buurt anders
-- loopt. En toeval. Een aantal dat de gemeente telde, is het begin: van de peildatum naar 2025 groeit het met de eerste
-- stap mee.

create macro toekomst_waarde(aanname) as (select max(waarde) from toekomst_aanname where code = aanname);

-- Verwacht aantal per buurt en jaar, naar leeftijd alleen.
create macro toekomst_verwacht(wat) as table (
    select
        t.gebied, t.jaar, p.leeftijd, sum(t.mensen * p.in_noemer) as noemer,
        sum(t.mensen * p.deel) as verwacht,
        sum(t.anders * p.deel) as verhuizen,
        sum(t.mensen * p.deel * (1 + case when k.vanaf_75 then l.onzeker else 0 end)) as levensduur,
        sum(t.mensen) filter (k.oud) as ouderen,
        splitsfout(
            list(t.mensen order by t.band) filter (k.oud),
            list(t.mensen * p.deel order by t.band) filter (k.oud),
            list(coalesce(z.fout, 0) order by t.band) filter (k.oud)
        ) as splitsing
    from toekomst_leeftijd t
    join toekomst_prevalentie p on p.band = t.band
    join leeftijd_band k on k.band = t.band
    join toekomst_land l on l.jaar = t.jaar
    left join leeftijd_nu_zeker z on z.gebied = t.gebied and z.band = t.band
    where p.onderwerp = wat
    group by t.gebied, t.jaar, p.leeftijd
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
