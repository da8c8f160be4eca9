"""HTML for feed readers: sanitised by an allow-list, well formed, every address absolute."""

from .canonical import plain_text
from .sanitise import safe, without_deep_nesting
from .text_blocks import TextBlock, text_blocks, text_lines

__all__ = ["TextBlock", "plain_text", "safe", "text_blocks", "text_lines", "without_deep_nesting"]
