"""Faults of machines played through: kills, full disks, read-only disks, two writers, damaged files.

Run it from the project: python -m bench.faults [--kills 500] [--seed 1] [--only kills,disk,read-only,writers,parts]. It
prints a table and writes JSON. Disks are small file systems in memory, which takes root to mount; without it these rows
are left out and said to be.
"""
