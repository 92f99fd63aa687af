-- Hang een nieuw bestand aan om in te bouwen. Wat niet af komt wordt weggegooid: een logboek ernaast is nergens voor.

attach $path as wwz (recovery_mode no_wal_writes);
