-- Aanvullende bescherming: een verborgen aantal mag ook niet uit totalen en verschillen te rekenen zijn.
--
-- Elk te klein aantal (de eerste) komt in een groep van minstens twee verborgen gebieden, die samen boven het minimum
-- liggen en op meer dan één manier te verdelen zijn. Eerst zoeken we gezelschap in dezelfde wijk, dan in dezelfde
-- gemeente, dan overal; het kleinste getal dat genoeg is, gaat mee. Daarna geldt één regel voor elk groter gebied, ook
-- een eigen gebied: het totaal is alleen te zien als elke groep er helemaal in of helemaal buiten ligt. Alles wat te
-- zien is, is dan een optelling van open getallen en van groepen in hun geheel. Een deel van een groep volgt daar nooit uit.
-- Alleen voor de soorten in privacy_soort (knowledge/privacy.toml zegt waarom).

create table privacy_cel as
select
    c.indicator, c.jaar, g.niveau, c.gebied, coalesce(g.wijk, c.gebied) as wijk, g.gemeente, c.teller,
    c.teller < (select minimum from regel) as eerste, '' as kring, null::varchar as groep
from cijfer c
join gebied g on g.code = c.gebied
where c.soort in (select soort from privacy_soort) and g.niveau in ('buurt', 'wijk') and c.wijze is distinct from 'opgeteld' and c.teller is not null;

-- Op meer dan één manier te verdelen: niet allemaal zo klein, of zo groot, als ze kunnen zijn.
create macro privacy_veilig(aantal, eersten, som, minimum) as
    aantal >= 2 and som >= minimum
    and case when aantal = eersten then som <= aantal * (minimum - 1) - 1 else som >= (aantal - eersten) * minimum + 1 end;

create macro privacy_groepen() as table (
    with vrij as (
        select *, sum(eerste::int) over (partition by indicator, jaar, niveau, kring) as te_doen
        from privacy_cel
        where groep is null
    ),

    rij as (
        select
            *, row_number() over w as nummer, sum(teller) over w as som, sum(eerste::int) over w as eersten
        from vrij
        where te_doen > 0
        window w as (partition by indicator, jaar, niveau, kring order by not eerste, teller, gebied rows unbounded preceding)
    ),

    genoeg as (
        select indicator, jaar, niveau, kring, min(nummer) as tot
        from rij
        where nummer >= te_doen and privacy_veilig(nummer, eersten, som, (select minimum from regel))
        group by indicator, jaar, niveau, kring
    )

    select r.indicator, r.jaar, r.niveau, r.gebied, r.kring
    from rij r
    join genoeg n on n.indicator = r.indicator and n.jaar = r.jaar and n.niveau = r.niveau and n.kring = r.kring and r.nummer <= n.tot
);

update privacy_cel set kring = wijk;
update privacy_cel set groep = 'wijk ' || v.kring from privacy_groepen() v
where v.indicator = privacy_cel.indicator and v.jaar = privacy_cel.jaar and v.niveau = privacy_cel.niveau and v.gebied = privacy_cel.gebied;

update privacy_cel set kring = gemeente;
update privacy_cel set groep = 'gemeente ' || v.kring from privacy_groepen() v
where v.indicator = privacy_cel.indicator and v.jaar = privacy_cel.jaar and v.niveau = privacy_cel.niveau and v.gebied = privacy_cel.gebied;

update privacy_cel set kring = 'alles';
update privacy_cel set groep = v.kring from privacy_groepen() v
where v.indicator = privacy_cel.indicator and v.jaar = privacy_cel.jaar and v.niveau = privacy_cel.niveau and v.gebied = privacy_cel.gebied;

-- Zonder gezelschap: dan is geen enkel totaal te zien waar dit gebied in zit.
create table verborgen_cel as
select indicator, jaar, niveau, gebied, eerste, coalesce(niveau || ' ' || groep, 'alleen') as groep, groep is null as alleen
from privacy_cel
where eerste or groep is not null;

drop table privacy_cel;

-- De buurten van elke groep.
create table verborgen_lid as
select distinct c.indicator, c.jaar, c.groep, c.alleen, b.buurt
from verborgen_cel c
join gebied_buurt b on b.gebied = c.gebied;

-- De indicatoren en jaren waarvan het totaal over deze buurten een groep doorsnijdt.
create macro privacy_gesneden(buurten) as table (
    select indicator, jaar
    from verborgen_lid
    group by indicator, jaar, groep, alleen
    having count(*) filter (list_contains(buurten, buurt)) > 0 and (alleen or count(*) filter (list_contains(buurten, buurt)) < count(*))
);

-- Welke cijfers niet te zien zijn: de groepen zelf, en elk ander gebied dat er een doorsnijdt. Een cijfer dat een bron
-- publiceert over een groter gebied blijft staan.
create table verborgen_gebied as
with grootte as (
    select indicator, jaar, groep, count(*) as buurten from verborgen_lid group by indicator, jaar, groep
),

doorsneden as (
    select b.gebied, l.indicator, l.jaar
    from verborgen_lid l
    join grootte g on g.indicator = l.indicator and g.jaar = l.jaar and g.groep = l.groep
    join gebied_buurt b on b.buurt = l.buurt
    group by b.gebied, l.indicator, l.jaar, l.groep, l.alleen, g.buurten
    having l.alleen or count(*) < g.buurten
)

select gebied, indicator, jaar, bool_or(eerste) as te_weinig
from (
    select gebied, indicator, jaar, eerste from verborgen_cel
    union all
    select d.gebied, d.indicator, d.jaar, false
    from doorsneden d
    join cijfer c on c.gebied = d.gebied and c.indicator = d.indicator and c.jaar = d.jaar
    where c.wijze = 'opgeteld' or c.soort in (select soort from privacy_soort)
)
group by gebied, indicator, jaar;
