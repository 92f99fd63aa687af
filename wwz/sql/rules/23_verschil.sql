-- Is een verschil tussen twee gebieden er echt? Dat beslist de marge van het verschil, en niet of de marges van de twee
-- elkaar raken. Wat beide gebieden evenveel te hoog of te laag maakt, valt weg.

-- Welk deel van de fout (variantie) twee cijfers delen, 0 tot 1: tabel gedeelde_fout. Cijfers waarvan de marge ergens
-- anders vandaan komt, delen niets. Het kleinste deel geldt: dan is de marge nooit te smal.
create macro fout_gedeeld(uit, op, ander_uit, ander_op, samen) as coalesce((
    select min(case when samen then g.gemeente else g.land end)
    from gedeelde_fout g
    where uit = ander_uit and g.marge_uit = uit and g.niveau in (op, ander_op)
), 0);

-- Hoe ver een verschil ernaast kan zitten. Eigen fouten tellen los van elkaar op: het hoge gebied kan lager zijn en het
-- lage hoger. Een gedeelde fout schuift beide dezelfde kant op: dan telt alleen wat de ene meer schuift dan de andere.
-- hoog, laag: de halve marges naar beneden en naar boven van het hoge en het lage gebied.
create macro verschil_marge(hoog_neer, hoog_op, laag_neer, laag_op, gedeeld) as sqrt(
    (1 - gedeeld) * (pow(hoog_neer, 2) + pow(laag_op, 2))
    + gedeeld * pow(greatest(0, hoog_neer - laag_neer, laag_op - hoog_op), 2)
);

-- Een halve marge; zonder grens telt de waarde alleen.
create macro half_neer(waarde, onder) as greatest(0, waarde - coalesce(onder, waarde));

create macro half_op(waarde, boven) as greatest(0, coalesce(boven, waarde) - waarde);

-- Hoe een ander gebied erbij afsteekt. De rand vangt het afronden van de computer.
create macro verschil_woord(waarde, onder, boven, ander, ander_onder, ander_boven, gedeeld) as case
    when waarde is null or ander is null then 'onbekend'
    when ander - waarde > 1e-9 + verschil_marge(half_neer(ander, ander_onder), half_op(ander, ander_boven),
        half_neer(waarde, onder), half_op(waarde, boven), gedeeld)
        then 'hoger'
    when waarde - ander > 1e-9 + verschil_marge(half_neer(waarde, onder), half_op(waarde, boven),
        half_neer(ander, ander_onder), half_op(ander, ander_boven), gedeeld)
        then 'lager'
    else 'geen duidelijk verschil'
end;
