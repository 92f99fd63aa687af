-- 65+ in vier groepen, per buurt en jaar. De regressie geeft de verdeling (zonder kenmerken: die van het land). Daarna
-- past die zich aan alles wat bekend is: de regressie van de plek, het land, de echte leeftijden van gemeente en
-- postcode, en 65-80 en 80+ van de buurt zelf. Het aantal 65-plussers van de buurt blijft zoals het was.

-- Welk deel van de 65-plussers in een band zit, uit het deel vanaf 75 jaar en daarvan het deel vanaf 85 jaar.
create macro deel_in_band(band, jongste, oudste, vanaf_75, vanaf_85) as
    case
        when band = jongste then 1 - vanaf_75
        when band = oudste then vanaf_75 * vanaf_85
        else vanaf_75 * (1 - vanaf_85)
    end;

-- Hoe ver een deel van 65+ ernaast kan zitten (logit, 90%) bij zo veel ouderen. open: het deel van hen waarvan de
-- verdeling niet geteld is (0 tot 1).
create macro leeftijdsfout(vast, per_mens, ouderen, open) as (
    select greatest(fout_minstens, least(
        fout_hooguit, sqrt((vast + per_mens / greatest(ouderen, 1)) * open)
    ))
    from leeftijd_regel
);

create table leeftijd_raak as
with deel as (
    select
        o.jaar, o.groep, o.band, o.deel, o.landelijk, r.jongste, r.oudste,
        o.landelijk / sum(o.landelijk) over (partition by o.jaar, o.band) as in_band,
        d.vanaf_75, d.vanaf_85
    from leeftijd_oud o
    join leeftijd_delen d using (jaar)
    cross join leeftijd_regel r
)

select
    g.gebied, g.jaar, d.groep, d.band, d.deel,
    -- Is van de twee delen er een geheim, dan is dat de rest van de 65-plussers.
    case d.deel
        when '65_80' then coalesce(b.van_65_tot_80, ondergrens(g.mensen - b.vanaf_80))
        else coalesce(b.vanaf_80, ondergrens(g.mensen - b.van_65_tot_80))
    end as bekend,
    g.mensen as ouderen,
    g.mensen * d.in_band * deel_in_band(
        d.band, d.jongste, d.oudste, coalesce(expit(k.eta_75), d.vanaf_75), coalesce(expit(k.eta_85), d.vanaf_85)
    ) as mensen
from leeftijd_grof g
join deel d on d.jaar = g.jaar
join leeftijd_regel r on r.grof = g.band
join leeftijd_bron b on b.gebied = g.gebied and b.jaar = g.jaar
left join leeftijd_kans k on k.sleutel = g.gebied and k.jaar = g.jaar;

-- Verdelingen waar buurten samen op uitkomen. Een telling van een ander jaar wordt eerst zo oud als het land werd.
create table leeftijd_rand as
with geteld as (
    select
        t.rand, t.sleutel, t.groep, l.jaar, t.jaar as van_jaar, t.mensen * nu.landelijk / toen.landelijk as gewicht
    from leeftijd_telling t
    join leeftijd_past p on p.rand = t.rand and p.sleutel = t.sleutel and p.jaar = t.jaar and p.past
    cross join (select distinct jaar from leeftijd_bron) l
    join leeftijd_oud nu on nu.jaar = l.jaar and nu.groep = t.groep
    join leeftijd_oud toen on toen.jaar = t.jaar and toen.groep = t.groep
),

naast as (
    select rand, sleutel, groep, jaar, gewicht
    from geteld
    qualify dense_rank() over (partition by rand, sleutel, jaar order by abs(van_jaar - jaar), van_jaar) = 1
)

select rand, sleutel, jaar, groep, gewicht / sum(gewicht) over (partition by rand, sleutel, jaar) as aandeel from naast
union all
select 'land', 'NL00', jaar, groep, landelijk
from leeftijd_oud
where exists (select 1 from gebied where niveau = 'land')
union all
select
    'plek', k.sleutel, k.jaar, o.groep,
    o.landelijk / sum(o.landelijk) over (partition by k.sleutel, k.jaar, o.band)
        * deel_in_band(o.band, r.jongste, r.oudste, expit(k.eta_75), expit(k.eta_85))
from leeftijd_kans k
join leeftijd_oud o using (jaar)
cross join leeftijd_regel r
where k.sleutel in (select plek from leeftijd_plek);

create table leeftijd_lid as
select 'land' as rand, gebied, 'NL00' as sleutel from leeftijd_plek
union all
select 'plek', gebied, plek from leeftijd_plek
union all
select 'gemeente', gebied, gemeente from leeftijd_plek
union all
select 'postcode', gebied, plek from leeftijd_plek;

-- Eerst de kolommen (de verdeling van de rand), dan de rijen (de 65-plussers van de buurt, en haar 65-80 en 80+).
create macro leeftijd_naar(welke) as table (
    with som as (
        select l.sleutel, r.jaar, r.groep, sum(r.mensen::decimal(24, 9))::double as mensen
        from leeftijd_raak r
        join leeftijd_lid l on l.gebied = r.gebied and l.rand = welke
        group by l.sleutel, r.jaar, r.groep
    ),

    factor as (
        select
            s.sleutel, s.jaar, s.groep,
            a.aandeel * sum(s.mensen::decimal(24, 9)) over (partition by s.sleutel, s.jaar)::double / s.mensen
                as factor
        from som s
        join leeftijd_rand a on a.rand = welke and a.sleutel = s.sleutel and a.jaar = s.jaar and a.groep = s.groep
        where s.mensen > 0
    ),

    kolom as (
        select r.* exclude (mensen), r.mensen * coalesce(f.factor, 1) as mensen
        from leeftijd_raak r
        join leeftijd_lid l on l.gebied = r.gebied and l.rand = welke
        left join factor f on f.sleutel = l.sleutel and f.jaar = r.jaar and f.groep = r.groep
    ),

    deel as (
        select
            *, sum(mensen::decimal(24, 9)) over (partition by gebied, jaar, deel)::double as in_deel,
            max(bekend) over (partition by gebied, jaar) > 0 as delen_bekend
        from kolom
    ),

    gewicht as (
        select
            *,
            case when delen_bekend then coalesce(mensen / nullif(in_deel, 0) * bekend, mensen) else mensen end as w
        from deel
    )

    select
        gebied, jaar, groep, band, deel, bekend, ouderen,
        coalesce(ouderen * w / nullif(sum(w::decimal(24, 9)) over (partition by gebied, jaar)::double, 0), 0) as mensen
    from gewicht
);

create or replace table leeftijd_raak as select * from leeftijd_naar('plek');
create or replace table leeftijd_raak as select * from leeftijd_naar('land');
create or replace table leeftijd_raak as select * from leeftijd_naar('land');
-- Wat geteld is, gaat voor: dat komt het laatst, en vaker.
create or replace table leeftijd_raak as select * from leeftijd_naar('gemeente');
create or replace table leeftijd_raak as select * from leeftijd_naar('postcode');
create or replace table leeftijd_raak as select * from leeftijd_naar('gemeente');
create or replace table leeftijd_raak as select * from leeftijd_naar('postcode');
create or replace table leeftijd_raak as select * from leeftijd_naar('gemeente');

create table leeftijd_gebied as
select gebied, jaar, band, mensen, soort from leeftijd_grof where band <> (select grof from leeftijd_regel)
union all
select gebied, jaar, band, sum(mensen), 'geschat' from leeftijd_raak group by gebied, jaar, band
order by jaar, gebied, band;

-- Hoe ver het deel van een band in 65+ er in een buurt naast kan zitten (logit, 90%). Een telling van de postcode laat
-- alleen de verdeling over haar buurten open; is zij één buurt, dan blijft het afronden over.
create table leeftijd_zeker as
with buurt as (
    select r.gebied, r.jaar, p.gemeente, p.plek, max(r.ouderen) as ouderen, bool_or(r.bekend > 0) as delen
    from leeftijd_raak r
    join leeftijd_plek p using (gebied)
    group by r.gebied, r.jaar, p.gemeente, p.plek
),

weet as (
    select
        b.gebied, b.jaar, b.ouderen, coalesce(t.trede, 'land') as trede,
        case when b.delen then '80plus'
            when exists (select 1 from leeftijd_rand g where g.rand = 'gemeente' and g.sleutel = b.gemeente)
                then 'gemeente'
            else 'niets' end as bekend,
        case when exists (select 1 from leeftijd_rand g where g.rand = 'postcode' and g.sleutel = b.plek)
            then 1 - b.ouderen / nullif(sum(b.ouderen) over (partition by b.plek, b.jaar), 0) else 1 end as open
    from buurt b
    left join leeftijd_trede t on t.plek = b.plek and t.jaar = b.jaar
)

select
    w.gebied, w.jaar, f.wat as band, w.trede, w.bekend, greatest(w.open, 0) as open,
    leeftijdsfout(f.vast, f.per_mens, w.ouderen, greatest(w.open, 0)) as fout
from weet w
join leeftijd_fout f on f.trede = w.trede and f.bekend = w.bekend;

-- Wat daarvan geldt voor het laatste jaar van een buurt: daar begint de toekomst.
create table leeftijd_nu_zeker as
select gebied, band, fout from leeftijd_zeker qualify dense_rank() over (partition by gebied order by jaar desc) = 1;

-- Om te ijken en te toetsen: van elke getelde postcode de leeftijden en de kenmerken van het jaar dat het dichtst ligt.
create table leeftijd_ijk as
with geteld as (
    select
        t.sleutel, t.jaar as van_jaar, sum(t.mensen) as geteld,
        sum(t.mensen) filter (o.band <> r.jongste) as vanaf_75, sum(t.mensen) filter (o.band = r.oudste) as vanaf_85
    from leeftijd_telling t
    join leeftijd_oud o on o.groep = t.groep and o.jaar = t.jaar
    cross join leeftijd_regel r
    where t.rand = 'postcode'
    group by t.sleutel, t.jaar
    qualify row_number() over (
        partition by t.sleutel order by abs(t.jaar - (select geijkt_op from leeftijd_model)), t.jaar
    ) = 1
),

iedereen as (
    select 'PC' || postcode as sleutel, jaar, sum(mensen) as alle_geteld from leeftijd_postcode group by all
),

buurten as (
    select
        p.plek as sleutel, b.jaar, sum(b.inwoners) as inwoners, sum(g.mensen) as ouderen,
        arg_max(p.gemeente, (b.inwoners, p.gemeente)) as gemeente
    from leeftijd_plek p
    join leeftijd_bron b using (gebied)
    join leeftijd_grof g on g.gebied = b.gebied and g.jaar = b.jaar and g.band = (select grof from leeftijd_regel)
    group by p.plek, b.jaar
),

van_gemeente as (
    select p.gemeente, g.jaar, sum(g.mensen) as ouderen
    from leeftijd_plek p
    join leeftijd_grof g on g.gebied = p.gebied and g.band = (select grof from leeftijd_regel)
    group by p.gemeente, g.jaar
),

naast as (
    select t.*, b.jaar, b.inwoners, b.ouderen, b.gemeente
    from geteld t
    join buurten b using (sleutel)
    qualify row_number() over (partition by t.sleutel order by abs(b.jaar - t.van_jaar), b.jaar) = 1
)

select
    n.sleutel, n.gemeente, n.ouderen, n.inwoners, n.geteld, i.alle_geteld, n.vanaf_75, n.vanaf_85,
    v.ouderen as van_gemeente, k.kenmerk, k.waarde
from naast n
join iedereen i on i.sleutel = n.sleutel and i.jaar = n.van_jaar
join van_gemeente v on v.gemeente = n.gemeente and v.jaar = n.jaar
left join leeftijd_kenmerk_van k on k.sleutel = n.sleutel and k.jaar = n.jaar;
