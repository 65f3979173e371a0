"""The portfolio of evidence: links and files that organisations point to, collected once and cited many times."""
