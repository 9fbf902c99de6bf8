"""Matrices as training sees them: large ones that are never multiplied out, and several side by side.

The pieces of a text are those of its words, so that "texts by pieces" is the product of "texts by words" and
"words by pieces". The two have a quarter of its entries.
"""

from collections.abc import Sequence
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]


class Matrix(Protocol):
    """What training asks of a block of columns; sparse and dense matrices have it too."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    @property
    def T(self) -> Any: ...  # noqa: N802 - as numpy names it

    def __matmul__(self, other: Any) -> Any: ...

    def __getitem__(self, rows: Any) -> Any: ...


class Product:
    """The product of two sparse matrices, as its factors."""

    def __init__(self, left: Any, right: Any) -> None:
        self.left = left
        self.right = right

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the product."""
        return self.left.shape[0], self.right.shape[1]

    @property
    def T(self) -> Self:  # noqa: N802 - as numpy names it
        """The product transposed."""
        return type(self)(self.right.T.tocsr(), self.left.T.tocsr())

    def __matmul__(self, other: Any) -> Any:
        """Multiply with columns, or scale the columns of the product by a diagonal matrix."""
        if isinstance(other, np.ndarray):
            return self.left @ (self.right @ other)
        return type(self)(self.left, (self.right @ other).tocsr())

    def __getitem__(self, rows: slice) -> Self:
        """Return some of the rows."""
        return type(self)(self.left[rows], self.right)

    def astype(self, kind: Any) -> Self:
        """Return the product with factors of another type."""
        return type(self)(self.left.astype(kind), self.right.astype(kind))


class SideBySide:
    """Blocks of columns, each in the form that is fastest for it."""

    def __init__(self, blocks: Sequence[Any]) -> None:
        self._blocks = [block.astype(np.float32) for block in blocks]
        self._turned = [
            block.T if isinstance(block, np.ndarray | Product) else block.T.tocsr() for block in self._blocks
        ]
        ends = np.cumsum([block.shape[1] for block in blocks]).tolist()
        self._parts = [slice(end - block.shape[1], end) for block, end in zip(blocks, ends, strict=True)]
        self.shape = (blocks[0].shape[0], ends[-1])

    def __matmul__(self, coefficients: Array) -> Array:
        """Return one row for each text."""
        parts = zip(self._blocks, self._parts, strict=True)
        found: Array = sum(block @ coefficients[part] for block, part in parts)
        return found

    def back(self, rows: Array) -> Array:
        """Return the transposed matrix times these rows."""
        return np.concatenate([turned @ rows for turned in self._turned])
