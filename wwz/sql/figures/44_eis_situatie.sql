-- Wat een doelgroep nodig heeft, per graad, met de mantelzorgsituaties waarvoor dat geldt in één tekst.
create table eis_gevraagd as
select
    doelgroep, randvoorwaarde, graad, string_agg(mantelzorg, '|' order by mantelzorg) as situaties,
    bool_or(eigen) as eigen_eis
from eis
where graad in ('N', 'W')
group by doelgroep, randvoorwaarde, graad;

-- Er zijn maar een paar verschillende groepen van situaties: elke situatie van elke groep.
create table eis_situatie as
select doelgroep, situaties, unnest(string_split(situaties, '|')) as mantelzorg
from (select distinct doelgroep, situaties from eis_gevraagd);
