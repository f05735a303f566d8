"""Money counted once: one rule for answers, pages, charts, networks and lists."""
