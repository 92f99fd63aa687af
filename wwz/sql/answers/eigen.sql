-- Eigen cijfers naast de schatting, zoals de bouw ze opnam. Eén rij per onderwerp, gebied en jaar van de opgave.
-- aantal is leeg waar het niet getoond wordt (verborgen); schatting, schatting_onder en schatting_boven in mensen, van
-- cijferjaar; noemer: over hoeveel mensen het gaat.

select * from eigen_open order by onderwerp, jaar desc, gebied;
