"""From files on the disk to sources with turns, speakers and informants."""
