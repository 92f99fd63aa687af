-- Rekenen met aandelen op de logit-schaal, waar een aandeel altijd tussen niets en alles blijft.

-- Een som in vaste decimalen: dan maakt de volgorde van optellen niet uit, en hoeft niemand te sorteren.
create macro vaste_som(x) as sum(x::decimal(28, 15))::double;

create macro expit(x) as 1 / (1 + exp(-x));

create macro logit(p) as ln(p / (1 - p));

-- Hoeveel de logits samen omhoog of omlaag moeten, zodat het gewogen gemiddelde het doel haalt: een paar stappen van
-- Newton, met hooguit 1 per stap. Met lijsten, zodat de volgorde van optellen vastligt.
create macro gemiddeld_aandeel(etas, ns, d) as
    list_sum(list_transform(etas, lambda e, i: ns[i] * expit(e + d))) / list_sum(ns);

create macro helling_aandeel(etas, ns, d) as
    list_sum(list_transform(etas, lambda e, i: ns[i] * expit(e + d) * (1 - expit(e + d)))) / list_sum(ns);

create macro verschuiving(etas, ns, doel) as list_reduce(
    list_resize([0.0::double], (select newton_stappen::integer from regel) + 1, 0.0::double),
    lambda d, stap: d + greatest(-1, least(1, (doel - gemiddeld_aandeel(etas, ns, d)) / helling_aandeel(etas, ns, d)))
);
