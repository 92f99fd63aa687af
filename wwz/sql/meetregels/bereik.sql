-- Gemeten van waar mensen wonen tot de dichtstbijzijnde voorziening, uit lijsten met punten die volledig genoeg zijn.
-- De norm is die van de randvoorwaarde; de indicator is bereik_ met een code uit afstand.toml.

insert into bewijs by name
select
    b.buurt, r.randvoorwaarde, m.rang, m.werking, 1 - b.binnen as aandeel, b.zonder_onder as onder,
    b.zonder_boven as boven,
    1 - o.binnen as aandeel_65, least(o.zonder_onder, 1 - o.binnen) as onder_65,
    greatest(o.zonder_boven, 1 - o.binnen) as boven_65,
    b.herkomst as hoe, 'bereik_' || b.bereik || '_' || b.meter as indicator, 100 * b.binnen as waarde,
    (select max(jaar)::bigint from inwoners_nu) as jaar, 'punten' as bron
from bereik_deel b
join randvoorwaarde_bereik r on r.bereik = b.bereik and r.meter = b.meter
join meetregel m on m.randvoorwaarde = r.randvoorwaarde and m.regel = 'bereik' and m.indicator = 'bereik_' || b.bereik
left join bereik_deel o on o.buurt = b.buurt and o.bereik = b.bereik and o.meter = b.meter and o.groep = '65plus'
where b.groep = 'inwoners';
