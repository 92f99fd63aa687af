-- De kleinste gebieden met hun grens, om die op elkaar te laten aansluiten.
select code, grens from gebied where kleinste and grens is not null order by code;
