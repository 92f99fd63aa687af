-- De regels van het rekenen, één keer opgeschreven. Bouw en vragen gebruiken dezelfde.

-- Onzekerheid door afronden van n getallen op een stap: hooguit de halve stap per getal, en bij veel getallen
-- de 90%-grens van een som van gelijkmatig verdeelde afrondingen.
create macro afrondmarge(stap, n) as least(stap / 2 * n, (select toeval from regel) * stap / sqrt(12) * sqrt(n));

-- Optellen over gebieden, naar de regel van de indicator.
-- Een mediaan is niet op te tellen: die wordt uit de verdelingen gemaakt (53_bereik_helft.sql).
create macro optel_teller(regel, teller) as case when regel in ('gemiddelde', 'mediaan') then null else sum(teller) end;

create macro optel_waarde(regel, per, teller, noemer, waarde) as
    case regel
        when 'som' then sum(teller)
        when 'mediaan' then null
        when 'aandeel' then per * sum(teller) / nullif(sum(noemer), 0)
        else sum(waarde * noemer) / nullif(sum(noemer), 0)
    end;

-- Een aandeel gaat niet boven alles.
create macro bovengrens(regel, per, x) as case when regel = 'aandeel' and x > per then per else x end;

-- Welk deel van de inwoners in een buurt met een cijfer woont. Een gebied waar niemand woont is volledig als van elke
-- buurt het aantal bekend is: nul is dan echt nul.
create macro dekking_van(regel, telt, inwoners) as
    case
        when sum(inwoners) > 0 then coalesce(sum(inwoners) filter (telt), 0) / sum(inwoners)
        when regel = 'som' and bool_and(telt) then 1.0::double
        else 0.0::double
    end;

-- Hoe een optelling bekend is. De som van aantallen die de bron publiceert is zelf gepubliceerd, en zo ook het aandeel
-- van twee zulke sommen: wie optelt, schat niet. Zit er een geschat of ontbrekend deel in, dan is het geheel geschat.
-- Alles is van de buurten die meetellen.
create macro soort_opgeteld(opgegeven, volledig, geteld, gepubliceerd) as
    case when opgegeven and volledig then 'opgegeven' when volledig and geteld
        and gepubliceerd then 'gepubliceerd' else 'geschat' end;

-- Waar de marge van een optelling vandaan komt: de zwakste van haar delen.
create macro marge_uit_samen(marge_uit) as
    case
        -- Een eigen schatting krimpt niet door optellen, ook niet samen met andere cijfers.
        when bool_or(marge_uit in ('model', 'model_bron', 'model_verloop', 'recept'))
            then max(marge_uit) filter (marge_uit in ('model', 'model_bron', 'model_verloop', 'recept'))
        when bool_or(marge_uit = 'gemis') then 'gemis'
        when bool_or(marge_uit = 'aanname') then 'aanname'
        when bool_or(marge_uit = 'gepubliceerd') then 'gepubliceerd'
        else max(marge_uit)
    end;

-- De aangenomen marge van een modelschatting op dit niveau. Een eigen gebied geldt als een wijk.
create macro modelmarge_van(bron_familie, gebied_niveau, marge_uit) as (
    select max(m.relatief)
    from modelmarge m
    where marge_uit = 'aanname' and m.familie = bron_familie
        and m.niveau = case when gebied_niveau = 'eigen' then 'wijk' else gebied_niveau end
);

-- Een groter gebied heeft een kleinere marge: neem de smalste van de opgetelde marge en die van het niveau.
create macro onder_opgeteld(regel, waarde, afronding, onder_samen, model) as
    case
        when regel = 'som' then waarde - afronding
        when waarde * (1 - model) > onder_samen then waarde * (1 - model)
        when onder_samen > waarde then waarde
        else onder_samen
    end;

create macro boven_opgeteld(regel, waarde, afronding, boven_samen, model) as
    case
        when regel = 'som' then waarde + afronding
        when waarde * (1 + model) < boven_samen then waarde * (1 + model)
        when boven_samen < waarde then waarde
        else boven_samen
    end;

-- Toeval. Van de mensen die er naar verwachting bij horen, hoort de een er net wel bij en de ander net niet: zo veel
-- mensen meer of minder (90%), bij deze spreiding (variantie, in mensen; op te tellen over groepen). Toeval komt pas
-- bij het aantal dat te zien is, niet bij elke buurt apart: over veel mensen valt het grotendeels weg.
create macro toeval_uit(spreiding) as (select toeval from regel) * sqrt(greatest(0, coalesce(spreiding, 0)));

-- Van een deel van een geteld aantal is alleen onzeker wie bij het deel hoort; is het alles, dan is er geen toeval.
create macro spreiding_van(mensen, deel, geteld) as mensen * deel * case when geteld then 1 - deel else 1 end;

-- Het toeval in een aantal. van: hoeveel mensen het hadden kunnen zijn; leeg als dat niet uitmaakt.
create macro toeval_in(mensen, van) as toeval_uit(mensen * (1 - coalesce(mensen / nullif(van, 0), 0)));

-- greatest() slaat onbekend over, dus eerst kijken of er een marge is.
create macro onder_met(midden, onder, toeval) as
    case when midden is null or onder is null then null
        else greatest(0, midden - sqrt(pow(midden - onder, 2) + pow(toeval, 2))) end;

create macro boven_met(midden, boven, toeval) as midden + sqrt(pow(boven - midden, 2) + pow(toeval, 2));

-- Welke cijfers over mensen gaan die niemand telde: hun marge is die van het recept, zonder het toeval.
create macro zonder_toeval(marge_uit) as coalesce(marge_uit = 'recept', false);

-- Het toeval van zo'n cijfer, in de eenheid van het cijfer.
create macro toeval_van(marge_uit, per, teller, noemer) as
    case when zonder_toeval(marge_uit) and noemer > 0 then coalesce(per * toeval_in(teller, noemer) / noemer, 0) else 0
        end;

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

-- Te weinig mensen om te tonen. Wat een bron zelf al beveiligde (minimum 0) telt niet mee.
create macro verborgen(minimum_indicator, teller) as
    coalesce(minimum_indicator > 0 and teller < (select minimum from regel), false);

-- De marge van een aandeel dat een model maakt, van het RIVM of van ons, zegt niets over toeval. Bij het aantal mensen
-- hoort het wel.
create macro aantal_toeval(marge_uit, teller, noemer) as
    case when marge_uit in ('gepubliceerd', 'aanname', 'model', 'model_bron', 'model_verloop')
        then toeval_in(hooguit(teller, noemer), noemer) else 0 end;

-- De grenzen van een aandeel, in mensen.
create macro aantal_onder(marge_uit, per, teller, noemer, onder) as
    onder_met(teller, onder * noemer / per, aantal_toeval(marge_uit, teller, noemer));

create macro aantal_boven(marge_uit, per, teller, noemer, boven) as
    boven_met(teller, boven * noemer / per, aantal_toeval(marge_uit, teller, noemer));

-- Wie bij meer clusters hoort, en dus te vaak is geteld: van de delen (deel: cluster_samen) van wie bij precies een
-- combinatie hoort, telt alleen het grootste.
create macro dubbel_van(mensen, deel) as sum(mensen * deel) - max(mensen * deel);

-- Een opgeteld aantal: toeval komt er één keer bij, en dan de bescherming (zie mensen_per). Leeg als er niets is.
create macro mensen_met_toeval(getal, ondergetal, bovengetal, toeval) as case when getal is not null then {
    'aantal': getal, 'aantal_onder': onder_met(getal, ondergetal, toeval),
    'aantal_boven': boven_met(getal, bovengetal, toeval), 'verborgen': verborgen((select minimum from regel), getal),
    'mensen': case when not verborgen((select minimum from regel), getal) then getal end,
    'onder': case when not verborgen((select minimum from regel), getal) then onder_met(getal, ondergetal, toeval) end,
    'boven': case when not verborgen((select minimum from regel), getal) then boven_met(getal, bovengetal, toeval) end
} end;

-- Mensen optellen over buurten en doelgroepen: de ene plaats waar dat gebeurt, ook voor één buurt of doelgroep.
-- rijen: de naam van een tabel of stap met sleutel (waarover wordt opgeteld), buurt, cluster, mensen, onder, boven en
-- spreiding, per buurt en doelgroep; de marges nog zonder toeval. Een rij zonder mensen telt niet mee.
-- Buurten gaan samen omhoog of omlaag. Iemand kan bij twee clusters horen, en telt dan één keer: hoeveel mensen dat
-- zijn, staat in cluster_samen (figures/48_samenloop). Wie het voor de ene groep nodig heeft of mist, doet dat ook voor
-- de andere: van twee delen telt het grootste. Ondergrens: alsof het steeds dezelfde mensen zijn, die van het grootste
-- cluster. Bovengrens: zij vallen minder samen (overlap_factor).
-- Toeval komt er daarna één keer bij, en dan de bescherming: mensen, onder en boven zijn leeg waar het er te
-- weinig zijn (verborgen). aantal, aantal_onder en aantal_boven zijn hetzelfde zonder bescherming, om mee te rekenen en
-- te ordenen.
create macro mensen_per(rijen) as table
with alle as materialized (
    select sleutel, buurt, cluster, mensen, onder, boven, spreiding from query_table(rijen) where mensen is not null
),

per_cluster as materialized (
    select
        sleutel, cluster, sum(mensen) as mensen, sum(onder) as onder, sum(boven) as boven, sum(spreiding) as spreiding
    from alle
    group by sleutel, cluster
),

-- Bij één cluster valt er niets samen.
meer as (
    select sleutel from per_cluster group by sleutel having count(*) > 1
),

per_buurt as (
    select r.sleutel, r.buurt, r.cluster, sum(r.mensen) as mensen, sum(r.boven) as boven
    from alle r
    join meer m on m.sleutel = r.sleutel
    group by r.sleutel, r.buurt, r.cluster
),

dubbel_los as (
    select
        r.sleutel, dubbel_van(r.mensen, s.deel) as mensen, dubbel_van(r.boven, s.deel) as boven
    from per_buurt r
    join cluster_samen s on s.buurt = r.buurt and s.cluster = r.cluster
    group by r.sleutel, r.buurt, s.combinatie
    having count(*) > 1
),

dubbel as (
    select
        sleutel, sum(mensen) as dubbel, sum(boven) / (select overlap_factor from persoon_regel) as dubbel_boven
    from dubbel_los
    group by sleutel
),

samen as (
    select
        c.sleutel, sum(c.mensen) - coalesce(max(d.dubbel), 0) as mensen, max(c.onder) as onder,
        sum(c.boven) - coalesce(max(d.dubbel_boven), 0) as boven, toeval_uit(sum(c.spreiding)) as toeval
    from per_cluster c
    left join dubbel d on d.sleutel = c.sleutel
    group by c.sleutel
),

met_toeval as (
    select sleutel, mensen_met_toeval(mensen, onder, boven, toeval) as getal from samen
)

select sleutel, unnest(getal) from met_toeval;

-- Een aandeel dat de bron zelf publiceert blijft staan; een eigen aandeel zou het aantal verraden.
create macro toonbaar(verborgen, soort) as not verborgen or soort = 'gepubliceerd';

-- Uit welke bestanden, tabellen en licenties een bron komt, voor de bronregel (figures/86_bronvermelding.sql).
create table if not exists herkomst (bron varchar, jaar bigint, tekst varchar, licentie varchar);

-- Achter de bronregel: een aandeel van het ene jaar, omgerekend naar de mensen van een ander jaar. Bij onze eigen
-- schatting staat al uit welke jaren zij is gemaakt.
create macro mensen_van(bron_code, noemer, bron_jaar, noemer_jaar) as case
    when noemer in ('inwoners', 'leeftijd_18plus', 'leeftijd_65plus') and bron_code in (select familie from modelmarge)
        and noemer_jaar <> bron_jaar then '; aantal mensen gerekend met inwoners van ' || noemer_jaar::varchar
    else ''
end;

-- Een getal uit de parameters van een meetregel; leeg als het er niet bij staat.
create macro parameter(parameters, naam) as (parameters ->> naam)::double;
