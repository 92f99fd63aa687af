-- Elk gebied staat er één keer.

select code, count(*) as aantal from gebied group by code having count(*) > 1 order by code;
