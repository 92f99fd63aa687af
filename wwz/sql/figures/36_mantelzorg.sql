-- Mantelzorgsituatie per doelgroep en buurt: inwonend, uitwonend of geen. De delen zijn samen 1.
-- Per leeftijd, en dan samen naar de leeftijden van de buurt. Hoeveel mensen het landelijk krijgen, is dat van het CBS.
-- Wie alleen woont heeft geen inwonende mantelzorger; dat schuift mee met de huishoudens van één persoon en de
-- verweduwden in de buurt. Of er iemand van buiten komt, schuift mee met ernstige eenzaamheid.

-- Een kenmerk in het nieuwste jaar van elke buurt.
create macro kenmerk_nu(welk) as table
select gebied, waarde
from kenmerk
where kenmerk = welk
qualify row_number() over (partition by gebied order by jaar desc) = 1;

create table mantelzorg_aandeel as
with huishouden as (
    select b.gebied, e.waarde as eenpersoons, v.waarde as verweduwd
    from (select distinct gebied from bevolking_nu) b
    left join kenmerk_nu('eenpersoons') e using (gebied)
    left join kenmerk_nu('verweduwd_per_65plus') v using (gebied)
),

kans as (
    select
        h.gebied, m.doelgroep, m.band, m.dichtheid, r.marge, m.huisgenoot,
        begrensd(
            m.alleen + r.schuif_eenpersoons * coalesce(h.eenpersoons - r.eenpersoons_land, 0)
            + case
                when k.cluster = 'ouderen' then r.schuif_verweduwd
                    * begrensd(coalesce(h.verweduwd - r.verweduwd_land, 0), -r.verweduwd_hooguit, r.verweduwd_hooguit)
                else 0
            end,
            r.alleen_minstens, r.alleen_hooguit
        ) as alleen,
        expit(
            logit(m.niemand)
            + r.eenzaam_gewicht * begrensd(coalesce(a.afwijking, 0), -r.eenzaam_hooguit, r.eenzaam_hooguit)
        ) as niemand
    from huishouden h
    cross join mantelzorg_recept m
    join doelgroep_cluster k on k.doelgroep = m.doelgroep
    cross join mantelzorg_regel r
    left join laag_afwijking a on a.gebied = h.gebied and a.indicator = r.eenzaam_laag
),

per_leeftijd as (
    select
        k.gebied, k.doelgroep, k.band, k.marge, k.dichtheid * b.mensen * t.thuis as gewicht,
        (1 - k.alleen) * k.huisgenoot as inwonend, (1 - (1 - k.alleen) * k.huisgenoot) * k.niemand as geen
    from kans k
    join bevolking_nu b on b.gebied = k.gebied and b.band = k.band
    join thuis_nu t on t.gebied = k.gebied and t.band = k.band
),

opgeteld as (
    select
        gebied, doelgroep, max(marge) as marge, vaste_som(gewicht) as gewicht,
        vaste_som(gewicht * inwonend) as inwonend, vaste_som(gewicht * geen) as geen,
        avg(inwonend) as gewoon_inwonend, avg(geen) as gewoon_geen
    from per_leeftijd
    group by gebied, doelgroep
),

-- Woont er niemand van de leeftijden van een doelgroep, dan geldt het gewone gemiddelde.
deel as (
    select
        gebied, doelgroep, marge, case when gewicht > 0 then inwonend / gewicht else gewoon_inwonend end as inwonend,
        case when gewicht > 0 then geen / gewicht else gewoon_geen end as geen
    from opgeteld
)

select
    d.gebied, d.doelgroep, s.mantelzorg, s.aandeel, greatest(0, s.aandeel - d.marge) as onder,
    least(1, s.aandeel + d.marge) as boven,
    'geschat' as soort
from deel d
cross join lateral (
    values ('inwonend', d.inwonend), ('uitwonend', 1 - d.inwonend - d.geen), ('geen', d.geen)
) s(mantelzorg, aandeel)
order by d.doelgroep, s.mantelzorg, d.gebied;
