"""What is handed in: Word, Excel, HTML, CSV and JSON."""
