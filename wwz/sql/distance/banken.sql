-- Bankjes uit de BGT en uit OpenStreetMap of een andere lijst met punten.

select x, y from bank
union all
select x, y from punt where soort = 'bankje'
order by 1, 2;
