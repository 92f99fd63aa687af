-- Hoeveel mensen missen minstens één noodzakelijke randvoorwaarde waarvan bekend is of zij er is? De kaartlaag van het
-- getal op de Wijkagenda, met wat alleen op een aanname rust erbij. Elk gebied heeft het getal van zijn eigen agenda,
-- niet de som van zijn buurten: een randvoorwaarde die maar voor een deel bekend is telt niet mee, en de ondergrens is
-- die van het grootste cluster in het hele gebied.

-- Wat de gemeente opgaf toen de database werd gebouwd (tabel opgave), als de lijsten van opgave_met: één rij.
create macro opgave_lijsten() as table
select
    coalesce(list(gebied order by gebied, randvoorwaarde), []) as gebied,
    coalesce(list(randvoorwaarde order by gebied, randvoorwaarde), []) as randvoorwaarde,
    coalesce(list(status order by gebied, randvoorwaarde), []) as status,
    coalesce(list(aandeel order by gebied, randvoorwaarde), []) as aandeel,
    coalesce(list(jaar order by gebied, randvoorwaarde), []) as jaar
from opgave;

-- Met wat de gemeente opgaf toen de database werd gebouwd. indelingen: zie deel_van; buurten: codes, leeg is alle. Het
-- toeval is in de marge.
create macro gemis_cijfer(indelingen, buurten) as table
select
    g.deel as gebied, i.code as indicator, g.jaar, g.aantal as teller, g.inwoners as noemer,
    i.per * g.aantal / g.inwoners as waarde,
    i.per * g.aantal_onder / g.inwoners as onder, i.per * g.aantal_boven / g.inwoners as boven, 'gemis' as marge_uit,
    'geschat' as soort,
    'eigen' as bron, 'berekend' as wijze, g.inwoners_jaar as noemer_jaar, g.dekking, false as geteld
from gemis_per(
    buurten, [true], indelingen, (select gebied from opgave_lijsten()), (select randvoorwaarde from opgave_lijsten()),
    (select status from opgave_lijsten()), (select aandeel from opgave_lijsten()), (select jaar from opgave_lijsten())
) g
join indicator i on i.code = 'zonder_noodzakelijk'
where g.inwoners > 0 and g.aantal <= g.inwoners and g.dekking >= (select dekking_minimaal from regel);
