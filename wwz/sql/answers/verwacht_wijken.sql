-- Hoeveel mensen in elke wijk een noodzakelijke randvoorwaarde nodig hebben en missen: waaruit volgt wat te verwachten
-- is (agenda/expected.py). $buurten: codes van hele wijken; $o_…: wat de gemeente opgeeft; $minstens: alleen wijken met
-- zo veel inwoners. Eén rij per wijk en randvoorwaarde; om mee te rekenen, niet om te tonen. Per inwoner (0 tot 1):
-- nodig: wie haar nodig heeft; zonder: wie haar mist, leeg waar niet genoeg bekend is; minst: wie haar minstens mist.

with cel as (
    select l.gebied, m.randvoorwaarde, m.nodig, m.zonder, m.minst_onder, m.onbekend
    from gemis_met($buurten, $o_gebied, $o_randvoorwaarde, $o_status, $o_aandeel, $o_jaar) m
    join gebied_buurt l on l.buurt = m.buurt
    join gebied g on g.code = l.gebied and g.niveau = 'wijk'
    where m.graad = 'N'
),

samen as (
    select
        gebied, randvoorwaarde, sum(nodig) as nodig, sum(minst_onder) as minst,
        sum(nodig) filter (not onbekend) / nullif(sum(nodig), 0) as bekend,
        sum(zonder) as zonder
    from cel
    group by gebied, randvoorwaarde
),

inwoners_van as (
    select l.gebied, sum(i.inwoners) as inwoners
    from inwoners_nu i
    join gebied_buurt l on l.buurt = i.gebied
    group by l.gebied
)

select
    s.gebied, s.randvoorwaarde, i.inwoners, s.nodig / i.inwoners as nodig, s.minst / i.inwoners as minst,
    case when s.bekend >= (select dekking_minimaal from regel) then s.zonder / (s.bekend * i.inwoners) end as zonder
from samen s
join inwoners_van i on i.gebied = s.gebied
where i.inwoners >= $minstens
order by s.gebied, s.randvoorwaarde;
