-- Hoeveel een aantal ernaast kan zitten doordat 65+ is gesplitst. mensen: per band van 65+; tellers: hoeveel van hen
-- meetellen. Is de verhouding van een band tot de rest f te hoog, dan verandert het aantal met f x (teller - deel van
-- de band x alles): de andere banden zitten dan te laag. Drie banden zijn maar twee verschillen; daarom het laatste
-- deel.
create macro splitsfout(mensen, tellers) as coalesce((select fout from leeftijd_regel) * sqrt(list_sum(list_transform(
    range(1, len(mensen) + 1),
    lambda i: pow(tellers[i] - mensen[i] * list_sum(tellers) / nullif(list_sum(mensen), 0), 2)
)) * (len(mensen) - 1) / len(mensen)), 0);
