"""Opinions on unlabelled texts.

A sentence encoder learns what people said of the rated texts, and says what they would say of many more. The
model learns from these opinions too. They are data of this project: only making them anew
(`python -m trainer teach`) needs the encoder.
"""
