-- Over welke randvoorwaarden gaat "mist iets noodzakelijks" in een gebied (78_gemis_cijfer)? Die waarvan genoeg bekend
-- is. Gebieden waar iets anders telt, zijn niet te vergelijken.
create table gemis_telt as
select deel as gebied, list(randvoorwaarde order by randvoorwaarde) as telt
from bekend_met(
    [], ['buurt', 'wijk', 'gemeente', 'eigen', 'land'],
    (select coalesce(list(gebied order by gebied, randvoorwaarde), []) from opgave),
    (select coalesce(list(randvoorwaarde order by gebied, randvoorwaarde), []) from opgave),
    (select coalesce(list(status order by gebied, randvoorwaarde), []) from opgave),
    (select coalesce(list(aandeel order by gebied, randvoorwaarde), []) from opgave),
    (select coalesce(list(jaar order by gebied, randvoorwaarde), []) from opgave)
)
where bekend >= (select dekking_minimaal from regel)
group by deel
order by deel;
