"""How the shipped embedding model was made: prepare, train, evaluate, export.

Nothing outside training/ imports this; it needs torch, scipy and scikit-learn.
"""
