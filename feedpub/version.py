"""The version, said once: the package, the command and the feeds' generator take it from here."""

VERSION = "0.1.0"
