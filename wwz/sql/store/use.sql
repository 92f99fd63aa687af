-- Vragen gaan over de aangehangen database. Elke cursor begint opnieuw.

use wwz;
