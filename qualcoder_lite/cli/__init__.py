"""The command line, the window's twin: each verb is one call into the core."""
