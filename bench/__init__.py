"""Benchmarks: each is a script that prints a table and writes bench/results/<name>.json."""
