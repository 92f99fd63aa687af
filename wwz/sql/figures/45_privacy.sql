-- Aanvullende bescherming: een verborgen aantal mag ook niet uit totalen en verschillen te rekenen zijn.
--
-- own/countsprotect.py zet elk te klein aantal in een groep (verborgen_cel) en bewaart alleen het totaal van die groep.
-- Hier geldt één regel voor elk groter gebied, ook een eigen gebied: het totaal is alleen te zien als elke groep er
-- helemaal in of helemaal buiten ligt. Alles wat te zien is, is dan een optelling van open getallen en van groepen in
-- hun geheel. Een deel van een groep volgt daar nooit uit.

-- De buurten van elke groep.
create table verborgen_lid as
select distinct c.indicator, c.jaar, c.groep, b.buurt
from verborgen_cel c
join gebied_buurt b on b.gebied = c.gebied;

-- De indicatoren en jaren waarvan het totaal over deze buurten een groep doorsnijdt.
create macro privacy_gesneden(buurten) as table (
    select indicator, jaar
    from verborgen_lid
    group by indicator, jaar, groep
    having count(*) filter (list_contains(buurten, buurt)) between 1 and count(*) - 1
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
    group by b.gebied, l.indicator, l.jaar, l.groep, g.buurten
    having count(*) < g.buurten
)

select gebied, indicator, jaar from verborgen_cel
union
select d.gebied, d.indicator, d.jaar
from doorsneden d
join cijfer c on c.gebied = d.gebied and c.indicator = d.indicator and c.jaar = d.jaar
where c.wijze in ('opgeteld', 'geijkt', 'opgegeven') or c.soort in (select soort from privacy_soort);
