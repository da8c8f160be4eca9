"""Web hosts: documents are pushed to them, live feeds verified, their servers configured."""
