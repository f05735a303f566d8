"""Facts other than money: partners, leads, deliverers, places, parts, dates, counts and shares."""
