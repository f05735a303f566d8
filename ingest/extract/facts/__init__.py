"""Facts beside money: partners, leads, deliverers, places, parts, dates, counts and shares."""
