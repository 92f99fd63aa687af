"""Reading what the outside world publishes: files in, readings out."""
