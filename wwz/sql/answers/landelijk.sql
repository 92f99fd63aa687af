-- Landelijk cijfer per indicator: uit de gegevens als het land erin zit, anders uit de kennisbestanden.
-- Daar telt het jaar dat het dichtst bij het jaar van de indicator ligt; het jaar gaat mee naar het scherm.
-- $indicatoren: codes. Eén rij per indicator; waarde in de eenheid van de indicator.

with gevraagd as (
    select indicator, jaar from indicator_jaar where nieuwste and indicator in (select unnest($indicatoren))
),

uit_gegevens as (
    select c.indicator, c.jaar, c.waarde, c.onder, c.boven, c.soort, c.marge_uit, bronregel(c.bron, c.jaar) as bron
    from gevraagd v
    join cijfer_open c on c.indicator = v.indicator and c.jaar = v.jaar and c.gebied = 'NL00'
    where c.waarde is not null
),

uit_kennis as (
    select
        r.indicator, r.jaar, r.waarde, null::double as onder, null::double as boven, 'gepubliceerd' as soort,
        null::varchar as marge_uit, bronregel(r.bron, r.jaar) as bron
    from gevraagd v
    join referentie r on r.indicator = v.indicator
    anti join uit_gegevens g on g.indicator = v.indicator
    qualify row_number() over (partition by r.indicator order by abs(r.jaar - v.jaar), r.jaar desc) = 1
)

select * from uit_gegevens
union all
select * from uit_kennis;
