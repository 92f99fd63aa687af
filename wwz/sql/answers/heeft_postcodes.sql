-- Of er postcodes met hun buurt zijn ingelezen.

select count(*) > 0 as er_zijn from (from postcode_buurt limit 1);
