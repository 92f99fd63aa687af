"""Keeping all of a WWZ-wijzer safe in one file, and putting it back: the database, what a municipality adds, and the settings."""
