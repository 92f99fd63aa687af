-- De indicatoren en jaren waarvan het totaal over deze buurten een groep doorsnijdt.
create macro privacy_gesneden(buurten) as table (
    select indicator, jaar
    from verborgen_lid
    group by indicator, jaar, groep
    having count(*) filter (list_contains(buurten, buurt)) between 1 and count(*) - 1
);
