"""The Gradio pages. They know only Assistant, Library and Answer."""
