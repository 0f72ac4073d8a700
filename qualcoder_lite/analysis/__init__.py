"""What the codings show: counts and matrices as frames; reads only."""
