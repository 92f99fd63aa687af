-- Welke afstand over een randvoorwaarde beslist: het bereik (code in afstand.toml) en de norm in meters, zoals zij hier
-- geldt.

select r.code as randvoorwaarde, regexp_extract(m.indicator, '^bereik_(.+)$', 1) as bereik, r.norm_m::bigint as meter
from meetregel m
join randvoorwaarde r on r.code = m.randvoorwaarde and r.norm_m is not null
where m.regel = 'bereik'
order by r.volgorde, m.rang;
