"""Plain text: its characters, its first sentences, and the web addresses in it."""
