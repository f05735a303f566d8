"""The command line. Parses, calls one function, prints."""


def main() -> int:
    """Run the command of sys.argv; return its exit code."""
    return 0
