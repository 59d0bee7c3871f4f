"""The same answers in a chat model's words, each sentence checked before it is shown.

`assistant.chat.writer` needs langchain-openai; it is imported only where a model is set.
"""
