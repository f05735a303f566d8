"""Every name of a document, found once: the registry's, those the document defines, and new ones by their place."""
