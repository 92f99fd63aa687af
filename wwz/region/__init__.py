"""A region of gemeenten: who lives where, what a fair share would be, and what may move."""
