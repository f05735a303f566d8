"""What people set right in what was read: kept, applied, and told to readers."""
