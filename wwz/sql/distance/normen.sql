-- De grens in meters van elke randvoorwaarde die om een afstand vraagt, zoals zij hier geldt.

select code, norm_m from randvoorwaarde where norm_m is not null order by volgorde;
