"""Cost, margin and price in plain sight: from price to vendor margin, for everything that has a price."""
