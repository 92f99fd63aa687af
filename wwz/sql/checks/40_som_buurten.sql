-- De buurten tellen op tot de gepubliceerde wijk en gemeente, op afronden en ontbreken na.
-- Elk afgerond getal mag een afrondstap schelen. Te veel kan nooit; te weinig kan hooguit een kleine buurt zijn die in
-- de bestanden ontbreekt (zie de volgende controle).

with som as (
    select
        g.code as gebied, c.indicator, c.jaar, c.teller as gepubliceerd, sum(b.teller) as opgeteld,
        count(*) as buurten, count(b.teller) as met_cijfer
    from cijfer c
    join indicator i on i.code = c.indicator and i.teller <> '' and i.bron = 'kwb'
    join gebied g on g.code = c.gebied and g.niveau in ('wijk', 'gemeente')
    join gebied_buurt l on l.gebied = g.code
    left join cijfer b on b.gebied = l.buurt and b.indicator = c.indicator and b.jaar = c.jaar
    where c.wijze <> 'opgeteld' and c.geteld
    group by all
)

select gebied, indicator, jaar, gepubliceerd, opgeteld
from som
where opgeteld - gepubliceerd > afrondstap() * (buurten + 1)
    or (met_cijfer = buurten and gepubliceerd - opgeteld > afrondstap() * (buurten + 1)
        + (select controle_som_deel from regel) * gepubliceerd)
order by abs(opgeteld - gepubliceerd) desc;
