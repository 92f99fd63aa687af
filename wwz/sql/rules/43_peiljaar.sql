-- Van welk jaar een telling van de gemeente is; leeg bij elk ander cijfer. Het jaar van het cijfer zelf is dat van de
-- kaartlaag.
create macro peiljaar_van(bron_code) as
    (select max(o.jaar)::bigint from eigen_open o where o.nieuwste and bron_code = 'opgave_' || o.nummer);
