-- De tabellen en kolommen van deze database, op naam. Eén rij per kolom.

select table_name as tabel, column_name as kolom
from duckdb_columns()
where database_name = 'wwz' and not internal
order by table_name, column_index;
