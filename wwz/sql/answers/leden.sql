-- De buurten van een of meer gebieden. $gebieden: codes. Eén rij per buurt.

select distinct buurt from gebied_buurt where gebied in (select unnest($gebieden)) order by buurt;
