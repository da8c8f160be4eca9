"""config.toml to Settings; gathers every fault before it speaks."""

from .load import load_settings, read_settings

__all__ = ["load_settings", "read_settings"]
