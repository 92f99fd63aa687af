"""WWZ-wijzer: what is missing for living at home, for whom, and how sure we are."""
