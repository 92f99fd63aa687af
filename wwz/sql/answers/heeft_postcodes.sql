-- Of er postcodes met hun buurt zijn ingelezen.

select exists(select 1 from postcode_buurt) as er_zijn;
