"""Numbers and sentences in Dutch; what is hidden is worded here and nowhere else."""
