"""The panel of a cell: what is written in it, the passages behind it, its checks and links."""
