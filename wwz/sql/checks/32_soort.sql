-- Bij elk cijfer staat hoe het bekend is.

select gebied, indicator, jaar, soort
from cijfer where soort not in ('gepubliceerd', 'geschat', 'opgegeven', 'aanname') or soort is null;
