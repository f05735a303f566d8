"""Backups: one archive of a workspace, checked before anything of it is put back."""
