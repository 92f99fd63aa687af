-- De buurten van elk gebied met een opgegeven aantal.

select distinct b.gebied, b.buurt
from gebied_buurt b
join eigen_klein k on k.gebied = b.gebied;
