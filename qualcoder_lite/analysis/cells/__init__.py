"""Cells of matrices: what is written in them, what stands behind them, what changed since."""
