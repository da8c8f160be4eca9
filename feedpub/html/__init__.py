"""HTML for feed readers: sanitised by an allow-list, well formed, every address absolute."""

from .canonical import plain_text
from .sanitise import safe, without_deep_nesting

__all__ = ["plain_text", "safe", "without_deep_nesting"]
