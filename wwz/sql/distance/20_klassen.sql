-- Hoe de afstanden tot één soort voorziening verdeeld zijn. Invoer: geteld_klasse (nr, klasse, sommen van gewicht; op
-- volgorde; klasse -1 is onbereikbaar) en $bereik.

insert into bereik_klasse
select nr, $bereik, nullif(klasse, -1), midden, midden_65, laag, laag_65, hoog, hoog_65
from geteld_klasse;
