-- Van hoeveel bewoonde buurten elke randvoorwaarde gemeten, geschat, aangenomen of begrensd is, of een signaal heeft,
-- zonder wat de gemeente opgeeft. Eén rij per randvoorwaarde; buurten: hoeveel er bewoond zijn. Een signaal telt ook
-- waar meer bekend is.

with bewoond as (
    select i.gebied as buurt from inwoners_nu i join gebied g on g.code = i.gebied and g.kleinste where i.inwoners > 0
),

stand as (
    select
        buurt, randvoorwaarde,
        case when is_gemeten(hoe) then 'gemeten' when is_aanname(hoe) then 'aanname' else 'geschat' end as wat
    from tekort_gemeten
    where aandeel is not null
    union all
    select buurt, randvoorwaarde, 'begrensd' from begrensd
    union all
    select distinct buurt, randvoorwaarde, 'signaal' from signaal
)

select
    r.code as randvoorwaarde, r.titel, r.groep,
    count(s.buurt) filter (s.wat = 'gemeten') as gemeten, count(s.buurt) filter (s.wat = 'geschat') as geschat,
    count(s.buurt) filter (s.wat = 'aanname') as aanname, count(s.buurt) filter (s.wat = 'begrensd') as begrensd,
    count(s.buurt) filter (s.wat = 'signaal') as signaal, (select count(*) from bewoond) as buurten
from randvoorwaarde r
left join stand s on s.randvoorwaarde = r.code and s.buurt in (select buurt from bewoond)
group by r.code, r.titel, r.groep, r.volgorde
order by r.volgorde;
