"""A woonservicegebied: proposed, measured, scored against what it needs, and the effects that its measures aim at."""
