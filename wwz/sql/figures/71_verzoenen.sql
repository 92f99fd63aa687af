-- Aantallen die elkaar tegenspreken, naar elkaar toe (70_ouderen). Na het optellen nog een keer (build/steps.py):
-- ook een groter gebied kan zichzelf tegenspreken.

update cijfer
set
    teller = round(v.teller, 6), waarde = round(v.per * v.teller / v.noemer, 6),
    onder = round(v.per * v.onder / v.noemer, 6),
    boven = round(v.per * v.boven / v.noemer, 6), soort = case when v.van_bron then 'geschat' else cijfer.soort end,
    wijze = case when v.van_bron then 'verzoend' else cijfer.wijze end, geteld = false
from ouderen_verzoend() v
where cijfer.gebied = v.gebied and cijfer.indicator = v.indicator and cijfer.jaar = v.jaar;
