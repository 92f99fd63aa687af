-- De omtrek die build/outlines.py maakte, bij haar gebied.
update gebied set grens = o.grens
from omtrek o
where o.code = gebied.code;
