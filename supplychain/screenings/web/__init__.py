"""Pages: upload, map, watch, resolve, compare, prove, export."""
