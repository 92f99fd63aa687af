-- Welke tabellen uit de bouwplaats in de database komen die schermen vragen: precies wat answers/, checks/ en rules/
-- noemen.

select t.table_name
from duckdb_tables() t
where t.database_name = 'bouwplaats' and not t.temporary and t.table_name <> 'programma'
    and t.table_name in (
    'adres', 'afronding', 'afstandregel', 'begrensd', 'bereik', 'bereik_gewicht', 'bereik_groep',
    'bereik_klasse', 'bereik_marge', 'bereik_mensen', 'bereik_onvolledig', 'bereik_uit_gemiddelde', 'bestand',
    'bouw', 'bouwplan', 'bron', 'bronvermelding', 'buurt_omweg', 'cijfer', 'cluster_samen', 'doelgroep_buurt',
    'doelgroep_cluster', 'doelgroep_vraag', 'eigen_open', 'eigen_prognose', 'eis', 'eis_gevraagd',
    'eis_situatie', 'gebied', 'gebied_buurt', 'gebruik_gemeente', 'gedeelde_fout', 'gemis_telt', 'gepubliceerd',
    'geteld_deel', 'herbouw', 'herkomst', 'indeling_op_scherm', 'indicator', 'indicator_jaar', 'inwoners_nu',
    'kenmerk', 'leeftijd_band', 'leeftijd_ijk', 'looplijn', 'mantelzorg_aandeel', 'meetregel', 'melding',
    'model_indicator', 'modelmarge', 'oordeel', 'opgave', 'persoon_regel', 'postcode_buurt',
    'prognose_regionaal', 'punt', 'punt_bestand', 'punt_rand', 'punt_vlak', 'randvoorwaarde',
    'randvoorwaarde_bereik', 'referentie', 'regel', 'samenloop', 'schatting_buurt', 'schatting_jaar',
    'schatting_noemer', 'signaal', 'tekort_gemeten', 'thema', 'toekomst_aanname', 'toekomst_breed',
    'toekomst_extramuraal', 'toekomst_gezien', 'toekomst_land', 'toekomst_prevalentie', 'toekomst_regel',
    'toekomst_soort', 'toekomst_teken', 'toekomst_woning', 'verborgen_gebied', 'verborgen_lid', 'voorziening',
    'woonplaats', 'woonplek'
)
order by t.table_name;
