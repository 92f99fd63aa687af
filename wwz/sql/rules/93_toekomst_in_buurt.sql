-- Per buurt en jaar: mensen (teller) van zoveel (noemer), en waaruit hun marge volgt.
-- binnen: codes van gebieden, of een lege lijst voor alle buurten; per_jaar: verandering van het aandeel per jaar.
create macro toekomst_basis(binnen, wat, per_jaar) as table (
    with verwacht as (
        select * from toekomst_verwacht(wat) v
        where len(binnen) = 0 or v.gebied in (select buurt from gebied_buurt where list_contains(binnen, gebied))
    ),

    begin as (
        select v.gebied, v.noemer, v.verwacht, coalesce(later.verwacht / nullif(v.verwacht, 0), 1) as stap
        from verwacht v
        join toekomst_regel r on v.jaar = r.begin
        join verwacht later on later.gebied = v.gebied and later.jaar = r.begin + r.stap_jaren
    )

    select
        v.gebied, v.jaar, v.leeftijd, v.noemer, v.verhuizen / nullif(v.verwacht, 0) as f_verhuizen,
        v.levensduur / nullif(v.verwacht, 0) as f_levensduur, v.splitsing, v.ouderen, n.onzeker_onder,
        n.onzeker_boven,
        v.verwacht, n.precies, v.jaar - r.begin as jaren,
        greatest(0, v.jaar - coalesce(n.peiljaar, z.jaar)) as onbekend,
        coalesce(n.geteld * power(b.stap, (r.begin - n.peiljaar) / r.stap_jaren), n.aandeel * b.noemer) as nu,
        case
            when v.leeftijd then v.verwacht
            when n.aandeel is not null and b.verwacht > 0
                then hooguit(nu * v.verwacht / b.verwacht * power(1 + per_jaar, jaren), v.noemer)
            when n.aandeel is not null then 0
        end as teller
    from verwacht v
    cross join toekomst_regel r
    join begin b on b.gebied = v.gebied
    join toekomst_gezien z on z.gebied = v.gebied
    left join toekomst_nu(wat) n on n.gebied = v.gebied
);

-- Hetzelfde, met wat elke aanname daaraan verandert. thuis: deel van de mensen in een instelling dat thuis woont, en
-- hoeveel dat er per jaar zijn naast elke mens van de doelgroep (answers/toekomst_instelling.sql); mantelzorg: factor
-- op het deel zonder mantelzorg.
create macro toekomst_buurt(binnen, wat, per_jaar, thuis, instelling_jaar, instelling, mantelzorg) as table (

    -- Een scenario gaat over later: nu blijft nu.
    with erbij as (
        select
            *,
            case when jaren > 0
                then thuis * teller * coalesce(instelling[list_position(instelling_jaar, jaar)], 0) else 0 end as extra
        from toekomst_basis(binnen, wat, per_jaar)
    ),

    -- Toeval: wie er later woont, wie in de band valt, wie een beperking heeft. Alleen een telling op de dag zelf heeft
    -- het niet.
    met_toeval as (
        select
            *,
            case when leeftijd and onbekend = 0 then toeval_in(teller, ouderen)
                when leeftijd then toeval_in(teller, null)
                when onbekend > 0 or precies is distinct from true then toeval_in(teller, noemer) else 0 end as toeval
        from erbij
    )

    select
        gebied, jaar, leeftijd, noemer, hooguit(teller + extra, noemer) as teller,
        teller * (coalesce(f_verhuizen, 1) - 1) as e_verhuizen,
        teller * (coalesce(f_levensduur, 1) - 1) as e_levensduur,
        case when leeftijd then 0 else teller * (power(1 + toekomst_waarde('gezondheid'), jaren) - 1) end
            as e_gezondheid,
        case when leeftijd then splitsing else teller * onzeker_onder end as e_nu_onder,
        case when leeftijd then splitsing else teller * onzeker_boven end as e_nu_boven, toeval as e_toeval,
        -- Per buurt een eigen afwijking; daarnaast een deel dat alle buurten van een gemeente gelijk treft.
        toekomst_waarde('lokaal') * sqrt(onbekend) * teller as e_lokaal,
        toekomst_waarde('gemeente') * sqrt(onbekend) * teller as e_gemeente,
        -- Niet van elk onderwerp is bekend wie mantelzorg heeft: zonder deel is er geen aantal.
        case when jaren > 0 then mantelzorg else 1 end as mantelzorg_keer,
        (teller + extra) * hooguit(m.aandeel * mantelzorg_keer, 1) as zonder_mantelzorg,
        (teller + extra) * hooguit(m.onder * mantelzorg_keer, 1) as zonder_onder,
        (teller + extra) * hooguit(m.boven * mantelzorg_keer, 1) as zonder_boven
    from met_toeval
    left join (
        select a.gebied as buurt, k.indicator as onderwerp, a.aandeel, a.onder, a.boven
        from mantelzorg_aandeel a
        join doelgroep_cluster k on k.doelgroep = a.doelgroep
        where a.mantelzorg = 'geen'
    ) m on m.buurt = gebied and m.onderwerp = wat
);
