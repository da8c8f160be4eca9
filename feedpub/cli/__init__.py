"""The command line: it parses arguments, calls the package, prints, and sets exit codes."""
