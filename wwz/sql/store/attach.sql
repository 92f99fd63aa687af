-- Hang een database aan een lege, eigen DuckDB. Rechtstreeks openen geeft, zolang iemand de vorige versie nog open
-- heeft, opnieuw die vorige versie, ook als er intussen een nieuw bestand op dezelfde plaats staat.

attach $path as wwz (read_only);
