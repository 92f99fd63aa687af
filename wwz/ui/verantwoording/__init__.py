"""The parts of the screen Verantwoording."""
