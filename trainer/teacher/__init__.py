"""Opinions on unlabelled texts.

A sentence encoder learns how people rated texts, and predicts how they would rate many more. The model learns
from these opinions too. They are stored in this project: only making them again (`python -m trainer teach`)
needs the encoder.
"""
