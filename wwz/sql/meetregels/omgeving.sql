-- Een signaal: hoe de omgeving scoort. De indicator is een cijfer van het kleinste gebied waarvan het bekend is.

insert into bewijs by name
select
    l.buurt, m.randvoorwaarde, m.rang, m.werking, 'omgeving' as hoe, m.indicator, v.waarde, v.jaar,
    v.bron_familie as bron
from meetregel m
join variabele_gebied v on v.variabele = m.indicator
join gebied g on g.code = v.gebied and g.niveau in ('buurt', 'wijk', 'gemeente')
join gebied_buurt l on l.gebied = v.gebied
where m.regel = 'omgeving'
qualify
    row_number() over (
        partition by l.buurt, m.randvoorwaarde, m.indicator
        order by list_position(['buurt', 'wijk', 'gemeente'], g.niveau), v.jaar desc
    ) = 1;
