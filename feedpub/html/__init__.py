"""HTML that any reader may show: by an allow-list, well formed, every address absolute."""

from .canonical import plain_text
from .sanitise import safe, shallow

__all__ = ["plain_text", "safe", "shallow"]
