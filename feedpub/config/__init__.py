"""config.toml to Settings, a module for each table; every error in it is reported at once."""

from .load import load_settings, read_settings

__all__ = ["load_settings", "read_settings"]
