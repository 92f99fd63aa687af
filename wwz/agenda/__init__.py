"""What is missing, for whom, in which order, and why."""
