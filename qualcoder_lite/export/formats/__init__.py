"""Reports as files: Word, Excel, HTML, CSV, JSON, SVG."""
