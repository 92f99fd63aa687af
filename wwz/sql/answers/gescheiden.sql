-- Van hoeveel paren gebieden verschilt een cijfer duidelijk (rules/23_verschil.sql)?
-- $binnen: codes; $niveau; $indicator; $jaar; $hoogstens: zo veel gebieden doen mee, gelijk verdeeld van laag naar
-- hoog. Eén rij: paren, los (met een duidelijk verschil). Gebieden waarvan iets anders is geteld, vormen geen paar.

with bekend as (
    select
        c.waarde, d.gemeente, c.onder, c.boven, c.marge_uit, coalesce(t.telt, []) as telt,
        row_number() over (order by c.waarde, d.code) as rang, count(*) over () as alle
    from cijfer_open c
    join gebieden_in($binnen, $niveau) d on d.code = c.gebied
    left join gemis_telt t on t.gebied = c.gebied and c.indicator = 'zonder_noodzakelijk'
    where c.indicator = $indicator and c.jaar = $jaar and c.waarde is not null
),

keuze as (
    select *
    from bekend
    -- Telkens de middelste van een even groot stuk.
    where rang * $hoogstens // greatest(alle, $hoogstens) > (rang - 1) * $hoogstens // greatest(alle, $hoogstens)
),

paar as (
    select
        verschil_woord(a.waarde, a.onder, a.boven, b.waarde, b.onder, b.boven, fout_gedeeld(a.marge_uit, $niveau,
            b.marge_uit, $niveau, coalesce(a.gemeente = b.gemeente, false))) as woord
    from keuze a
    join keuze b on b.rang > a.rang and b.telt = a.telt
)

select count(*) as paren, count(*) filter (woord in ('hoger', 'lager')) as los from paar;
