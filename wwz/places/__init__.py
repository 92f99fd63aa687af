"""Where people live, where voorzieningen are, and how far it is."""
