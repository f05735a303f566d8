"""Money counted once: one set of rules for answers, pages, charts, networks and lists."""
