-- Wat een code van het CBS zegt: BU12345678 is buurt 78 van wijk 56 van gemeente 1234, en WK123456 is die wijk.

create macro gemeente_van(code) as 'GM' || substr(code, 3, 4);

create macro wijk_van(code) as 'WK' || substr(code, 3, 6);

create macro wijknummer_van(code) as substr(code, 7, 2);

create macro in_vierkante_meter(hectare) as hectare * 10000;
