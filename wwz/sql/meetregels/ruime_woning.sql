-- Een woning die te klein is of zeker een trap heeft, is niet geschikt voor een rolstoel (59_gebouw): zo veel mensen
-- missen haar minstens. Of een ruime woning brede deuren heeft, zegt de BAG niet.
-- Parameter: voorkeur: hoe veel vaker wie het nodig heeft hooguit al in zo'n woning woont.

insert into bewijs by name
select
    b.buurt, m.randvoorwaarde, m.rang, m.werking, 1 - met_voorkeur(b.groot_veel, parameter(m.parameters, 'voorkeur'))
        as minstens,
    1 - met_voorkeur(b.groot_veel, parameter(m.parameters, 'voorkeur')) as onder, 'ruimte' as hoe, m.indicator,
    100 * b.gestapeld as waarde, b.jaar, 'bag' as bron
from gebouw_buurt b
join meetregel m on m.regel = 'ruime_woning';
