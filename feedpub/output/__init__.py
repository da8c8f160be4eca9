"""The output folder: documents written into it, and the feeds that stand there."""
