"""`feedpub ledger check` and `feedpub ledger rebuild`. (Being written by the ledger helper.)"""
