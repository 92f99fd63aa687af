-- Eén tabel uit een bestand (hier: lezing) wordt een lange lijst van cellen.

insert into cel
with tekst as (
    select gebied, rij_jaar, maat, columns(* exclude (gebied, rij_jaar, maat))::varchar from lezing
),

lang as (
    unpivot tekst on columns(* exclude (gebied, rij_jaar, maat)) into name variabele value tekst
)

select $bestand, gebied, rij_jaar, maat, variabele, trim(tekst) from lang;
