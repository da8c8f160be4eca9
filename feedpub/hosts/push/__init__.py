"""Documents to a target: no subscriber ever reads a torn or an older one."""
