-- De namen van alle tabellen in de aangehangen database.

select table_name from duckdb_tables() where database_name = 'wwz' and not temporary order by table_name;
