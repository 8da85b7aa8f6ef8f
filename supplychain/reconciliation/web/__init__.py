"""The service for machines, the preview it lets others frame, and the pages for people."""
