"""The page 指标: every indicator table of the documents as data, pictures and downloads."""
