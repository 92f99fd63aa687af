-- De regels van het rekenen, één keer opgeschreven. Bouw en vragen gebruiken dezelfde.

-- Onzekerheid door afronden van n getallen op een stap: hooguit de halve stap per getal, en bij veel getallen
-- de 90%-grens van een som van gelijkmatig verdeelde afrondingen.
create macro afrondmarge(stap, n) as least(stap / 2 * n, 1.645 * stap / sqrt(12) * sqrt(n));

-- Optellen over gebieden, naar de regel van de indicator.
create macro optel_teller(regel, teller) as case when regel = 'gemiddelde' then null else sum(teller) end;

create macro optel_waarde(regel, per, teller, noemer, waarde) as
    case regel
        when 'som' then sum(teller)
        when 'aandeel' then per * sum(teller) / nullif(sum(noemer), 0)
        else sum(waarde * noemer) / nullif(sum(noemer), 0)
    end;

-- Een marge gaat niet onder nul, en een aandeel niet boven alles. Onbekend blijft onbekend.
create macro ondergrens(x) as case when x < 0 then 0 else x end;

create macro bovengrens(regel, per, x) as case when regel = 'aandeel' and x > per then per else x end;

-- Betrouwbaarheid in een woord: hoe breed de marge is, en om hoeveel mensen het gaat.
create macro betrouwbaarheid(waarde, onder, boven, noemer) as
    case
        when waarde is null or onder is null or boven is null then 'onbekend'
        when (boven - onder) / 2 <= (select hoog_breedte from regel) * abs(waarde) + 1e-9
            and (noemer is null or noemer >= (select hoog_mensen from regel)) then 'hoog'
        when (boven - onder) / 2 <= (select matig_breedte from regel) * abs(waarde) + 1e-9
            and (noemer is null or noemer >= (select matig_mensen from regel)) then 'matig'
        else 'laag'
    end;
