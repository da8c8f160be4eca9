"""Web hosts: documents pushed to them, live feeds verified, and what their servers should be told."""
