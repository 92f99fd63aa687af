-- Over welke randvoorwaarden gaat "mist iets noodzakelijks" in een gebied (78_gemis_cijfer)? Die waarvan genoeg bekend
-- is. Gebieden waar iets anders telt, zijn niet te vergelijken.
create table gemis_telt as
select deel as gebied, list(randvoorwaarde order by randvoorwaarde) as telt
from bekend_met(
    [], ['buurt', 'wijk', 'gemeente', 'eigen', 'land'],
    (select gebied from opgave_lijsten()), (select randvoorwaarde from opgave_lijsten()),
    (select status from opgave_lijsten()), (select aandeel from opgave_lijsten()), (select jaar from opgave_lijsten())
)
where bekend >= (select dekking_minimaal from regel)
group by deel
order by deel;
