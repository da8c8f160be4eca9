"""The command line: words in, words out; it opens every door and decides nothing."""
