"""The screen Werksessie: make a session, open its links, take its report along."""
