-- Van schatting naar cijfer: een nieuwer jaar dan het laatst gepubliceerde, de marge en waar die vooral door komt.

-- Een nieuwer jaar: wat het model van dat jaar zegt, met het verschil tussen cijfer en model van het laatste
-- gepubliceerde jaar erbij. Was de buurt toen gepubliceerd, dan is dat haar eigen cijfer; anders het verschil van haar
-- anker.
create table schatting_nieuwer as
with toen as (
    select
        v.gebied, v.indicator, v.jaar, 'buurt' as anker,
        logit(binnen_rand(p.aandeel)) - v.eta as verschil
    from voorspelling v
    join gepubliceerd p on p.gebied = v.gebied and p.indicator = v.indicator and p.jaar = v.jaar
    union all
    select v.gebied, v.indicator, v.jaar, s.anker, s.eta - v.eta
    from voorspelling v
    join schatting_jaar_zelf s on s.gebied = v.gebied and s.indicator = v.indicator and s.jaar = v.jaar
)

select
    v.gebied, v.indicator, v.jaar, v.trede, v.noemer, v.stedelijkheid, v.grootte, coalesce(t.anker, 'geen') as anker,
    greatest(g.laagste, least(g.hoogste, v.eta + coalesce(t.verschil, 0))) as eta,
    r.verloop_per_jaar * (v.jaar - v.vorig) as verloop
from voorspelling v
cross join model_regel r
left join toen t on t.gebied = v.gebied and t.indicator = v.indicator and t.jaar = v.vorig
left join gepubliceerd_grens g on g.indicator = v.indicator and g.jaar = v.vorig
where v.vorig is not null;

-- De marge van een gepubliceerd cijfer zelf, als deel van de waarde: die het RIVM erbij geeft (de middelste van de
-- buurten van die grootte), anders de aanname. Wat wij nadoen is niet zekerder dan dat.
create table bron_marge as
with gegeven as (
    select
        c.indicator, b.grootte, (c.waarde - c.onder) / c.waarde as onder, (c.boven - c.waarde) / c.waarde as boven
    from cijfer c
    join schatting_buurt b on b.gebied = c.gebied and b.jaar = c.jaar
    where c.marge_uit = 'gepubliceerd' and c.waarde > 0 and c.indicator in (select indicator from model_indicator)
),

van_alle as (
    select indicator, median(onder) as onder, median(boven) as boven from gegeven group by indicator
),

van_grootte as (
    select indicator, grootte, median(onder) as onder, median(boven) as boven
    from gegeven group by indicator, grootte having count(*) >= (select marge_buurten_minstens from regel)
)

select
    m.indicator, k.grootte, coalesce(g.onder, a.onder, w.relatief, 0) as onder,
    coalesce(g.boven, a.boven, w.relatief, 0) as boven
from model_indicator m
cross join (select distinct grootte from schatting_buurt) k
left join van_grootte g on g.indicator = m.indicator and g.grootte = k.grootte
left join van_alle a on a.indicator = m.indicator
left join (select max(relatief) as relatief from modelmarge where familie = 'gezondheid' and niveau = 'buurt') w
    on true;

-- In de ene gemeente liggen de buurten verder van het model dan in de andere. Dat is te zien aan de buurten waarvan het
-- cijfer wel gepubliceerd is: zo veel breder (of smaller) is daar de marge. Met weinig zulke buurten telt dat weinig.
create table gemeente_breedte as
with rest as (
    select
        v.indicator, v.jaar, v.gemeente, f.factor * t.factor as half, logit(binnen_rand(p.aandeel)) - v.eta as fout,
        v.noemer * binnen_rand(p.aandeel) * (1 - binnen_rand(p.aandeel)) as gewicht
    from voorspelling v
    join gepubliceerd p on p.gebied = v.gebied and p.indicator = v.indicator and p.jaar = v.jaar
    join schatting_buurt b on b.gebied = v.gebied and b.jaar = v.jaar
    join model_spreiding f
        on f.trede = v.trede and f.indicator = v.indicator and f.soort = 'grootte' and f.klasse = v.grootte
        and f.anker = 'gemeente'
    join model_spreiding t
        on t.trede = v.trede and t.indicator = v.indicator and t.soort = 'stedelijkheid'
        and t.klasse = v.stedelijkheid and t.anker = 'gemeente'
    where b.inwoners >= (select toetsen_vanaf from model_regel)
),

-- Wat alle buurten van de gemeente evenveel schelen, haalt het anker weg.
om_midden as (
    select
        indicator, jaar, gemeente,
        least(pow((select toeval from regel) * (fout - sum(gewicht * fout) over w / sum(gewicht) over w) / half, 2),
            (select uitschieter from model_regel)) as kwadraat
    from rest
    window w as (partition by indicator, jaar, gemeente)
)

select
    o.indicator, o.gemeente,
    sqrt((max(r.gemeente_mee) + vaste_som(o.kwadraat)) / (max(r.gemeente_mee) + count(*)))
        as breedte
from om_midden o
cross join model_regel r
group by o.indicator, o.gemeente, o.jaar
qualify row_number() over (partition by o.indicator, o.gemeente order by o.jaar desc) = 1;

-- De marge heeft drie delen, die los van elkaar zijn en dus in het kwadraat optellen: hoe ver wij naast het RIVM kunnen
-- zitten, hoe ver het niveau verschoven kan zijn sinds het laatste cijfer, en hoe ver het RIVM zelf ernaast kan zitten.
create table schatting as
with alles as (
    select *, 'model' as wijze from schatting_jaar_zelf
    union all by name
    select *, 'bijgewerkt' as wijze from schatting_nieuwer
),

breed as (
    select
        a.*, f.factor * t.factor * coalesce(g.breedte, 1) as spreiding,
        sqrt((f.factor * t.factor * coalesce(g.breedte, 1)) ** 2 + a.verloop ** 2) as half,
        expit(a.eta) as aandeel,
        m.onder as bron_onder, m.boven as bron_boven
    from alles a
    join model_spreiding f
        on f.trede = a.trede and f.indicator = a.indicator and f.soort = 'grootte' and f.klasse = a.grootte
        and f.anker = case a.anker when 'buurt' then 'wijk' when 'land' then 'geen' else a.anker end
    join model_spreiding t
        on t.trede = a.trede and t.indicator = a.indicator and t.soort = 'stedelijkheid' and t.klasse = a.stedelijkheid
            and t.anker = f.anker
    join bron_marge m on m.indicator = a.indicator and m.grootte = a.grootte
    join gebied b on b.code = a.gebied
    left join gemeente_breedte g on g.indicator = a.indicator and g.gemeente = b.gemeente
)

select
    *, greatest(0, aandeel - sqrt((aandeel - expit(eta - half)) ** 2 + (aandeel * bron_onder) ** 2)) as onder,
    least(1, aandeel + sqrt((expit(eta + half) - aandeel) ** 2 + (aandeel * bron_boven) ** 2)) as boven,
    case greatest(spreiding, verloop, bron_boven / (1 - aandeel))
        when spreiding then 'model' when verloop then 'model_verloop' else 'model_bron' end as marge_uit
from breed;

insert into cijfer
select
    s.gebied, s.indicator, s.jaar, round(s.aandeel * s.noemer, 6) as teller, s.noemer,
    round(i.per * s.aandeel, 6) as waarde,
    round(i.per * s.onder, 6) as onder, round(i.per * s.boven, 6) as boven,
    s.marge_uit, 'geschat' as soort, 'schatting' as bron, s.wijze, n.mensen_jaar as noemer_jaar, 1.0::double as dekking,
    false as geteld
from schatting s
join indicator i on i.code = s.indicator
join schatting_noemer n on n.gebied = s.gebied and n.jaar = s.jaar and n.noemer = i.noemer
-- Wat gepubliceerd is blijft staan, ook voor een buurt waar toen nog niemand woonde.
anti join cijfer c on c.gebied = s.gebied and c.indicator = s.indicator and c.jaar = s.jaar
where (select schatten from regel);
