"""The version of the package; the command and the generator element of feeds show it."""

VERSION = "0.1.0"
