"""How necessary a randvoorwaarde is and which norms hold, as a municipality sets them; every version kept."""
