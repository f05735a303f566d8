"""Files of published grants, contracts and payments: read, kept in the workspace beside the builds, and listed."""
