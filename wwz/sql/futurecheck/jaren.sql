-- Van elk jaar waarin leeftijden van buurten geteld zijn, hoeveel buurten dat zijn.

select jaar, count(distinct gebied) as buurten
from leeftijd_grof
where soort = 'gepubliceerd'
group by jaar
order by jaar;
