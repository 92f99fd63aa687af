-- Waaraan de soort van een buurt te zien is: elk teken dat bekend is, met zijn jaar. Een deel (0 tot 1).
-- $gebied: code van een buurt.

select kenmerk, waarde, jaar from toekomst_teken where gebied = $gebied order by kenmerk;
