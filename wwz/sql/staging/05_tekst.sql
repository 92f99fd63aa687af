-- Getal → tekst in een zin, zoals mensen het hier schrijven: 1.508, of 12,5 (als `dutch` in words/numbers.py).
create macro in_tekst(getal, decimalen) as translate(
    format('{:,.' || decimalen || 'f}', getal::double), ',.', '.,'
);
