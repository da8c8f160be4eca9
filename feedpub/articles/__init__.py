"""Files to Article: finding them, their encoding, their metadata, and their three kinds of text."""
