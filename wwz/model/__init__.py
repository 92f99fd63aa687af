"""The estimator: what is estimated where nothing is published, and how sure that is."""
