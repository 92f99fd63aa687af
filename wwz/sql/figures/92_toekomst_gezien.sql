-- Het jaar waarvan de leeftijden van een buurt bekend zijn: van daar af loopt de onzekerheid op.
create table toekomst_gezien as select gebied, max(jaar) as jaar from leeftijd_gebied group by gebied;
