"""The parts of a woonzorganalyse, one module per question of the law."""
