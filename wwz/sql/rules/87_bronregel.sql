-- De bronregel bij een cijfer van een jaar; leeg bij een onbekende bron. Zie figures/86_bronvermelding.sql.
create macro bronregel(bron_code, bron_jaar) as replace(
    (
        select arg_max(regel, jaar is not null)
        from bronvermelding
        where bron = bron_code and (jaar = bron_jaar or jaar is null)
    ),
    '{jaar}', bron_jaar::varchar
);
