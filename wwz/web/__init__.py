"""What stands between the network and the dashboard: who is let in, how many at once, how much they bring, and how it goes."""
