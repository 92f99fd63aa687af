-- Mantelzorgsituatie per doelgroep en buurt: inwonend, uitwonend of geen. De delen zijn samen 1.
-- Wie alleen woont heeft geen inwonende mantelzorger; dat schuift mee met de huishoudens van één persoon en de
-- verweduwden in de buurt. Of er iemand van buiten komt, schuift mee met ernstige eenzaamheid.

create table mantelzorg_aandeel as
with huishouden as (
    select b.gebied, e.waarde as eenpersoons, v.waarde as verweduwd
    from (select distinct gebied from bevolking_nu) b
    left join (
        select gebied, waarde
        from kenmerk
        where kenmerk = 'eenpersoons' qualify row_number() over (partition by gebied order by jaar desc) = 1
    ) e using (gebied)
    left join (
        select gebied, waarde
        from kenmerk
        where kenmerk = 'verweduwd_per_65plus' qualify row_number() over (partition by gebied order by jaar desc) = 1
    ) v using (gebied)
),

kans as (
    select
        h.gebied, m.doelgroep, r.marge, m.huisgenoot,
        greatest(0.05, least(0.95,
            m.alleen + r.schuif_eenpersoons * coalesce(h.eenpersoons - r.eenpersoons_land, 0)
            + case when m.doelgroep like 'ouderen%'
                then r.schuif_verweduwd * greatest(-0.2, least(0.2, coalesce(h.verweduwd - r.verweduwd_land, 0))) else 0
                    end
        )) as alleen,
        expit(logit(m.niemand) + r.eenzaam_gewicht * greatest(-1.5, least(1.5, coalesce(a.afwijking, 0)))) as niemand
    from huishouden h
    cross join mantelzorg_recept m
    cross join mantelzorg_regel r
    left join laag_afwijking a on a.gebied = h.gebied and a.indicator = 'eenzaam_ernstig_65'
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
