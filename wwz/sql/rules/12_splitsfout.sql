-- Hoeveel een aantal ernaast kan zitten doordat 65+ is gesplitst. mensen: per band van 65+; tellers: hoeveel van hen
-- meetellen; fouten: hoe ver de verhouding van de band tot de rest ernaast kan zitten (logit). Is die verhouding f te
-- hoog, dan verandert het aantal met f x (teller - deel van de band x alles): de andere banden zitten dan te laag.
-- Drie banden zijn maar twee verschillen; daarom het laatste deel.
create macro splitsfout(mensen, tellers, fouten) as coalesce(sqrt(list_sum(list_transform(
    range(1, len(mensen) + 1),
    lambda i: pow(fouten[i] * (tellers[i] - mensen[i] * list_sum(tellers) / nullif(list_sum(mensen), 0)), 2)
)) * (len(mensen) - 1) / len(mensen)), 0);
