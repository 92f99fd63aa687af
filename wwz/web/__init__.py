"""What stands between the network and the dashboard: who is let in, how many at once, and how much they may bring."""
