"""What a folder holds: each article, each feed, what the next build would do, and what was."""
