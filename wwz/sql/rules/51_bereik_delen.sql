-- Wat er per buurt is gemeten, in de vorm waarin ernaar gevraagd wordt.

create view bereik_buurt as
select * exclude (groep) from bereik_groep where groep = 'inwoners';

-- Dezelfde verdeling met een rij per groep, kant en klasse. deel: het deel van de groep.
create view bereik_verdeling as
select o.buurt, k.bereik, n.groep, n.kant, k.klasse, k.gewicht / t.totaal as deel
from (unpivot bereik_klasse on midden, midden_65, laag, laag_65, hoog, hoog_65 into name kolom value gewicht) k
join (
    values
        ('midden', 'midden', 'inwoners'), ('laag', 'laag', 'inwoners'), ('hoog', 'hoog', 'inwoners'),
        ('midden_65', 'midden', '65plus'), ('laag_65', 'laag', '65plus'), ('hoog_65', 'hoog', '65plus')
) n (kolom, kant, groep) on n.kolom = k.kolom
join bereik_gewicht t on t.nr = k.nr and t.bereik = k.bereik and t.groep = n.groep
join buurt_omweg o on o.nr = k.nr
where k.gewicht > 0;
