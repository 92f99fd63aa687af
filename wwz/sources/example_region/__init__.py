"""The parts from which :mod:`wwz.sources.example` builds the fictitious example region."""
