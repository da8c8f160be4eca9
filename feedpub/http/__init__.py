"""HTTP: how clients are made and requests are sent, and how documents are to be served."""
