-- Wat gemeten is als cijfer, en welke lijsten met punten niet volledig zijn.

insert into cijfer
select
    b.buurt as gebied, i.code as indicator, n.jaar, b.binnen * n.mensen as teller, n.mensen as noemer,
    i.per * b.binnen as waarde,
    i.per * b.binnen_onder as onder, i.per * b.binnen_boven as boven, 'berekend' as marge_uit,
    'geschat' as soort, 'punten' as bron, b.herkomst || case when b.netwerk > 0.5 then '_netwerk' else '' end as wijze,
    n.jaar as noemer_jaar, 1.0 as dekking, false as geteld
from bereik_marge b
join indicator i on i.code = 'bereik_' || b.bereik || '_' || b.meter || bereik_groepcode(b.groep)
join bereik_mensen n on n.buurt = b.buurt and n.groep = b.groep and n.mensen > 0;

insert into cijfer
select
    m.gebied, i.code as indicator, m.jaar, null as teller, m.mensen as noemer, m.waarde, m.onder, m.boven,
    'berekend' as marge_uit,
    'geschat' as soort, 'punten' as bron,
    m.herkomst || case when m.herkomst <> 'opgeteld' and m.netwerk > 0.5 then '_netwerk' else '' end as wijze,
    m.jaar as noemer_jaar, m.dekking, false as geteld
from bereik_mediaan([]) m
join indicator i on i.code = 'bereik_' || m.bereik || '_mediaan' || bereik_groepcode(m.groep);

-- Een lijst met punten die duidelijk niet volledig is: volgens het CBS woont men gemiddeld veel dichter bij de
-- dichtstbijzijnde.
create table bereik_onvolledig as
select p.gemeente, g.naam, p.bereik, b.titel, p.km_punten, p.km_cbs
from bereik_getoetst p
join gebied g on g.code = p.gemeente
join (select distinct code, titel from bereik) b on b.code = p.bereik
cross join afstandregel r
where p.km_punten > r.onvolledig_factor * p.km_cbs + r.onvolledig_km;

insert into melding
select
    'punten', 'let_op',
    naam || ': de lijst met punten voor ' || titel
        || ' lijkt niet volledig. Volgens de punten is de gemiddelde afstand '
        || in_tekst(km_punten, 1) || ' km, volgens het CBS '
            || in_tekst(km_cbs, 1) || ' km. Vul de lijst aan.',
    1
from bereik_onvolledig
order by naam, titel;

-- Hoe volledig de punten zijn, telt mee in de marge, en wordt gezegd.
insert into melding
select
    'punten', 'info',
    g.naam || ': naast de afstanden van het CBS ontbreken er waarschijnlijk punten. Van soorten waarvan het CBS geen '
        || 'afstand geeft, kan de dichtstbijzijnde tot ' || in_tekst(100 * (1 - 1 / max(v.factor)), 0)
        || '% dichterbij zijn dan wij meten; dat zit in de marge.',
    1
from bereik_volledigheid v
join gebied g on g.code = v.gemeente
group by g.naam
having round(100 * (1 - 1 / max(v.achter))) >= 1
order by g.naam;

-- Hetzelfde in de bronregel van alles wat op punten rust: bij een paar gemeenten van elk, bij meer van de slechtste.
delete from volledigheid;

insert into volledigheid
with gemeente as (
    select g.naam, round(100 / max(v.achter))::bigint as procent
    from bereik_volledigheid v
    join gebied g on g.code = v.gemeente
    group by g.naam
),

toets as (
    select string_agg(titel, ', ' order by titel) as soorten
    from (select distinct b.titel from bereik b join bereik_gemiddelde m on m.bereik = b.code and m.toets)
)

select
    'punten',
    '; volledigheid van de kaart naast de afstanden van het CBS (' || t.soorten || '): ' || case
        when count(*) <= (select gemeenten_in_bron from afstandregel)
            then string_agg(g.naam || ' ' || g.procent || '%', ', ' order by g.naam)
        else 'in ' || in_tekst(count(*) filter (g.procent = 100), 0) || ' van ' || in_tekst(count(*), 0)
            || ' gemeenten 100%, het laagst in ' || arg_min(g.naam, (g.procent, g.naam)) || ' ' || min(g.procent) || '%'
    end
from gemeente g
cross join toets t
group by t.soorten
having count(*) > 0;

-- Wie een voorziening mist, per groep, uit lijsten die volledig genoeg zijn om over een randvoorwaarde te beslissen.
create table bereik_deel as
select b.* exclude (binnen_onder, binnen_boven), 1 - b.binnen_boven as zonder_onder, 1 - b.binnen_onder as zonder_boven
from bereik_marge b
join gebied g on g.code = b.buurt
anti join bereik_onvolledig o on o.gemeente = g.gemeente and o.bereik = b.bereik;
