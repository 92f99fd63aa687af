-- Wat een buurt bijdraagt. Zonder noemer weegt een cijfer niet mee, en hoort de buurt bij het onbekende deel.
create macro bijdrage(regel, waarde, noemer) as waarde is not null and (regel = 'som' or noemer is not null);
