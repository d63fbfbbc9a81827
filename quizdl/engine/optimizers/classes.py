"""Optimizers as objects, with Keras's names, arguments and defaults.

Every one also takes the arguments of `Optimizer`: weight_decay, clipnorm, clipvalue, global_clipnorm,
convention.
"""

from __future__ import annotations

from typing import Any

from quizdl.engine.arrays import EPSILON, Array
from quizdl.engine.optimizers.accumulating import (
    AdadeltaState,
    AdagradState,
    RMSpropState,
    adadelta_step,
    adagrad_step,
    rmsprop_step,
)
from quizdl.engine.optimizers.adaptive import (
    AdamaxState,
    AdamState,
    NadamState,
    adam_step,
    adamax_step,
    nadam_step,
)
from quizdl.engine.optimizers.base import Optimizer, Rate
from quizdl.engine.optimizers.descent import SGDState, sgd_step


class SGD(Optimizer[SGDState]):
    """`sgd_step` with its velocities kept.

    Example:
        >>> SGD(0.1).apply([[0.5]], [[1.0]])
        [array([0.95])]
    """

    def __init__(
        self, learning_rate: Rate = 0.01, momentum: float = 0.0, nesterov: bool = False, **shared: Any
    ) -> None:
        super().__init__(learning_rate, **shared)
        if not 0 <= momentum <= 1:
            raise ValueError(f"momentum must be in [0, 1], received {momentum}")
        self.momentum, self.nesterov = momentum, nesterov

    def step(
        self, weight: Array, gradient: Array, state: SGDState | None, learning_rate: float
    ) -> tuple[Array, SGDState]:
        return sgd_step(
            weight, gradient, state, learning_rate=learning_rate, momentum=self.momentum,
            nesterov=self.nesterov, convention=self.convention,
        )  # fmt: skip


class Adagrad(Optimizer[AdagradState]):
    """`adagrad_step` with its sums kept.

    Example:
        >>> [w.round(4) for w in Adagrad(0.1, initial_accumulator_value=0.0).apply([[0.5]], [[1.0]])]
        [array([0.9])]
    """

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: float = EPSILON,
        **shared: Any,
    ) -> None:
        super().__init__(learning_rate, **shared)
        self.initial_accumulator_value, self.epsilon = initial_accumulator_value, epsilon

    def step(
        self, weight: Array, gradient: Array, state: AdagradState | None, learning_rate: float
    ) -> tuple[Array, AdagradState]:
        return adagrad_step(
            weight, gradient, state, learning_rate=learning_rate, epsilon=self.epsilon,
            initial_accumulator_value=self.initial_accumulator_value, convention=self.convention,
        )  # fmt: skip


class RMSprop(Optimizer[RMSpropState]):
    """`rmsprop_step` with its means kept.

    Example:
        >>> [w.round(4) for w in RMSprop(0.1, rho=0.75).apply([[2.0]], [[1.0]])]
        [array([0.8])]
    """

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = EPSILON,
        centered: bool = False,
        **shared: Any,
    ) -> None:
        super().__init__(learning_rate, **shared)
        self.rho, self.momentum, self.epsilon, self.centered = rho, momentum, epsilon, centered

    def step(
        self, weight: Array, gradient: Array, state: RMSpropState | None, learning_rate: float
    ) -> tuple[Array, RMSpropState]:
        return rmsprop_step(
            weight, gradient, state, learning_rate=learning_rate, rho=self.rho, momentum=self.momentum,
            epsilon=self.epsilon, centered=self.centered, convention=self.convention,
        )  # fmt: skip


class Adadelta(Optimizer[AdadeltaState]):
    """`adadelta_step` with its means kept.

    Example:
        >>> [w.round(6) for w in Adadelta(1.0, rho=0.0, epsilon=1.0).apply([[1.0]], [[1.0]])]
        [array([0.292893])]
    """

    def __init__(
        self, learning_rate: Rate = 0.001, rho: float = 0.95, epsilon: float = EPSILON, **shared: Any
    ) -> None:
        super().__init__(learning_rate, **shared)
        self.rho, self.epsilon = rho, epsilon

    def step(
        self, weight: Array, gradient: Array, state: AdadeltaState | None, learning_rate: float
    ) -> tuple[Array, AdadeltaState]:
        return adadelta_step(
            weight, gradient, state, learning_rate=learning_rate, rho=self.rho, epsilon=self.epsilon
        )


class Adam(Optimizer[AdamState]):
    """`adam_step` with its means kept.

    Example:
        >>> adam = Adam(0.1)
        >>> [w.round(4) for w in adam.apply([[0.5, -80.0]], [[1.0, 1.0]])]
        [array([0.9, 1.1])]
    """

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = EPSILON,
        amsgrad: bool = False,
        **shared: Any,
    ) -> None:
        super().__init__(learning_rate, **shared)
        self.beta_1, self.beta_2, self.epsilon, self.amsgrad = beta_1, beta_2, epsilon, amsgrad

    def step(
        self, weight: Array, gradient: Array, state: AdamState | None, learning_rate: float
    ) -> tuple[Array, AdamState]:
        return adam_step(
            weight, gradient, state, learning_rate=learning_rate, beta_1=self.beta_1, beta_2=self.beta_2,
            epsilon=self.epsilon, amsgrad=self.amsgrad, convention=self.convention,
        )  # fmt: skip


class AdamW(Adam):
    """Adam with decoupled weight decay, 0.004 by default as in Keras (torch 0.01).

    Convention: in Keras `Adam(weight_decay=λ)` is the same; in torch Adam's is L2.

    Example:
        >>> [w.round(4) for w in AdamW(0.1, weight_decay=0.1).apply([[0.5]], [[1.0]])]
        [array([0.89])]

    Reference: Loshchilov, Hutter, Decoupled Weight Decay Regularization (2019).
    """

    decouples = True

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        weight_decay: float = 0.004,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = EPSILON,
        amsgrad: bool = False,
        **shared: Any,
    ) -> None:
        super().__init__(learning_rate, beta_1, beta_2, epsilon, amsgrad, weight_decay=weight_decay, **shared)


class Adamax(Optimizer[AdamaxState]):
    """`adamax_step` with its means kept.

    Example:
        >>> [w.round(4) for w in Adamax(0.1).apply([[0.5]], [[1.0]])]
        [array([0.9])]
    """

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = EPSILON,
        **shared: Any,
    ) -> None:
        super().__init__(learning_rate, **shared)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def step(
        self, weight: Array, gradient: Array, state: AdamaxState | None, learning_rate: float
    ) -> tuple[Array, AdamaxState]:
        return adamax_step(
            weight, gradient, state, learning_rate=learning_rate, beta_1=self.beta_1, beta_2=self.beta_2,
            epsilon=self.epsilon, convention=self.convention,
        )  # fmt: skip


class Nadam(Optimizer[NadamState]):
    """`nadam_step` with its means kept.

    Example:
        >>> [w.round(6) for w in Nadam().apply([[0.5]], [[1.0]])]
        [array([0.998937])]
    """

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = EPSILON,
        momentum_decay: float = 1.0,
        **shared: Any,
    ) -> None:
        super().__init__(learning_rate, **shared)
        self.beta_1, self.beta_2, self.epsilon, self.momentum_decay = beta_1, beta_2, epsilon, momentum_decay

    def step(
        self, weight: Array, gradient: Array, state: NadamState | None, learning_rate: float
    ) -> tuple[Array, NadamState]:
        return nadam_step(
            weight, gradient, state, learning_rate=learning_rate, beta_1=self.beta_1, beta_2=self.beta_2,
            epsilon=self.epsilon, momentum_decay=self.momentum_decay,
        )  # fmt: skip
