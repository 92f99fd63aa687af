"""What every room stands on: errors, paths, codes, dates, keeping files, settings."""
