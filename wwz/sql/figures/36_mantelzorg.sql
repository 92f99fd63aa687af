-- Mantelzorgsituatie per doelgroep en buurt: inwonend, uitwonend of geen. De delen zijn samen 1.
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
        h.gebied, m.doelgroep, r.marge, m.huisgenoot,
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

deel as (
    select
        gebied, doelgroep, marge, (1 - alleen) * huisgenoot as inwonend,
        (1 - (1 - alleen) * huisgenoot) * niemand as geen
    from kans
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
