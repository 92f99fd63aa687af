"""What a municipality adds itself: counts, a forecast, points, answers; kept beside the database."""
