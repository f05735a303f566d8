"""Documents from web addresses: asked for politely, kept with their address, date and hash beside them."""
