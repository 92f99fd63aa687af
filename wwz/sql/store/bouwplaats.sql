-- Het bestand waarin is gerekend, naast dat wat uitgegeven wordt.

attach $path as bouwplaats (read_only);
