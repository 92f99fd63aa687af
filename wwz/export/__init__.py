"""Files to take along: one module a format, all made of the same sheet as the screen."""
