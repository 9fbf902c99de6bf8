"""Matrices that are never multiplied out, against what they stand for."""

import numpy as np
import scipy.sparse as sp

from trainer.features import texts_with
from trainer.matrices import Product, SideBySide

RANDOM = np.random.default_rng(11)
LEFT = sp.random(9, 5, density=0.4, random_state=3, format="csr")
RIGHT = sp.random(5, 7, density=0.4, random_state=4, format="csr")
WHOLE = (LEFT @ RIGHT).toarray()


def test_a_product_acts_as_the_matrix_that_it_stands_for() -> None:
    product, columns, rows = Product(LEFT, RIGHT), RANDOM.normal(size=(7, 3)), RANDOM.normal(size=(9, 3))
    assert product.shape == (9, 7)
    np.testing.assert_allclose(product @ columns, WHOLE @ columns)
    np.testing.assert_allclose(product.T @ rows, WHOLE.T @ rows)
    np.testing.assert_allclose(product[2:4] @ columns, WHOLE[2:4] @ columns)


def test_the_columns_of_a_product_can_be_scaled() -> None:
    scales, columns = RANDOM.uniform(1, 2, 7), RANDOM.normal(size=(7, 3))
    scaled = Product(LEFT, RIGHT) @ sp.diags(scales)
    np.testing.assert_allclose(scaled @ columns, WHOLE * scales @ columns)


def test_a_column_counts_the_rows_in_which_it_is_not_zero() -> None:
    expected = (WHOLE != 0).sum(axis=0)
    assert texts_with(Product(LEFT, RIGHT)).tolist() == expected.tolist()
    assert texts_with(sp.csr_matrix(WHOLE)).tolist() == expected.tolist()


def test_blocks_side_by_side_act_as_one_matrix() -> None:
    dense = RANDOM.normal(size=(9, 2))
    both, together = SideBySide([Product(LEFT, RIGHT), dense]), np.hstack([WHOLE, dense])
    columns, rows = RANDOM.normal(size=(9, 3)), RANDOM.normal(size=(9, 3))
    assert both.shape == together.shape
    np.testing.assert_allclose(both @ columns, together @ columns, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(both.back(rows), together.T @ rows, rtol=1e-5, atol=1e-5)
