"""People counted once: per buurt a population of whole people that adds up to the figures that are there."""
