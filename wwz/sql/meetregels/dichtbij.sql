-- Een signaal: welk deel van de mensen een voorziening binnen zo veel meter heeft. Dat zij er is, zegt niet of er
-- plaats is. De indicator is bereik_ met een code uit afstand.toml. Parameter: meter (een van de meters van dat
-- bereik).

insert into bewijs by name
select
    b.buurt, m.randvoorwaarde, m.rang, m.werking, 'dichtbij' as hoe, m.indicator, 100 * b.binnen as waarde,
    (select max(jaar)::bigint from inwoners_nu) as jaar, 'punten' as bron
from meetregel m
join bereik_deel b
    on 'bereik_' || b.bereik = m.indicator and b.meter = parameter(m.parameters, 'meter') and b.groep = 'inwoners'
where m.regel = 'dichtbij';
