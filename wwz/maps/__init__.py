"""Maps on screen: classes, geometry files, local assets and the map itself."""
