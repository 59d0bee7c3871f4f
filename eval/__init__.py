"""Cases, graders, runs and reports. Asks the same Assistant that app.py serves."""
