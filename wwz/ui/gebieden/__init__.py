"""The screen Gebieden: compose areas of one's own, let them be proposed, and see what a woonservicegebied lacks."""
