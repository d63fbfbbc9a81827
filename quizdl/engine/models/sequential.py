"""A stack of layers that is trained: compile, fit, evaluate, predict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from quizdl.engine import losses, metrics, optimizers
from quizdl.engine.arrays import Array, as_array
from quizdl.engine.callbacks import Callback, History, Logs
from quizdl.engine.layers import Layer
from quizdl.engine.metrics import Metric
from quizdl.engine.models.batches import batches, checked, class_weights
from quizdl.engine.models.network import Network
from quizdl.engine.splits import validation_split as split_last
from quizdl.engine.variance_scaling import Seed

Labels: TypeAlias = npt.NDArray[np.generic]
Data: TypeAlias = tuple[npt.ArrayLike, npt.ArrayLike] | tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]


class LossFunction(Protocol):
    """A number to be made small, and its gradient by the predictions."""

    def value(self, y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> Array: ...

    def gradient(self, y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> Array: ...


class Sequential(Network):
    """Layers one after the other, with Keras's compile, fit, evaluate and predict.

    Formula: ŷ = f_L(… f₂(f₁(x))); gradients by the chain rule, from the last layer to the first

    Args:
        layers: in order.
        seed: a number or a Generator for weights, dropout, augmentation and shuffling.

    Convention: Keras 3. Batches are shuffled each epoch, the last one may be smaller; `loss` in the history
    is the mean over samples and includes penalties of regularizers; training metrics are collected while the
    weights move, so that they lag behind a later `evaluate`. Labels stay as they are; inputs become float64.

    Example:
        >>> from quizdl.engine.layers import Dense
        >>> model = Sequential([Dense(1)], seed=0)
        >>> model.compile("sgd", "mse")
        >>> x = np.linspace(-1.0, 1.0, 64)[:, None]
        >>> history = model.fit(x, 3.0 * x + 1.0, batch_size=8, epochs=200)
        >>> model.predict([[2.0]]).round(2)
        array([[7.]])
    """

    def __init__(self, layers: Sequence[Layer] = (), *, seed: Seed = None) -> None:
        super().__init__(layers, seed=seed)
        self.stop_training = False
        self.metrics: list[Metric] = []
        self._names: list[str | Metric] = []
        self._optimizer: optimizers.Optimizer[Any] | None = None
        self._loss: LossFunction | None = None

    def compile(
        self,
        optimizer: str | optimizers.Optimizer[Any] = "rmsprop",
        loss: str | LossFunction = "mean_squared_error",
        metrics: Sequence[str | Metric] = (),
    ) -> None:
        """Say how to train.

        Args:
            optimizer: a name of `optimizers` or an optimizer.
            loss: a name of `losses`, or anything with `value` and `gradient`.
            metrics: names of `metrics` or metrics; "accuracy" becomes the kind that fits labels and outputs.
        """
        self._optimizer = optimizers.get(optimizer)
        self._loss = losses.get(loss) if isinstance(loss, str) else loss
        self._names, self.metrics = list(metrics), []

    @property
    def optimizer(self) -> optimizers.Optimizer[Any]:
        """The optimizer that `compile` was given."""
        if self._optimizer is None:
            raise ValueError("compile must come before training")
        return self._optimizer

    @property
    def loss(self) -> LossFunction:
        """The loss that `compile` was given."""
        if self._loss is None:
            raise ValueError("compile must come before training and evaluation")
        return self._loss

    def loss_and_gradients(
        self, x: npt.ArrayLike, y: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> tuple[float, list[Array], Array]:
        """Loss of a batch while training, its gradients by the weights, and the predictions.

        The penalties of regularizers are in both.
        """
        prediction = self.forward(x, training=True)
        value = float(self.loss.value(y, prediction, sample_weight=sample_weight)) + self.penalty
        return (
            value,
            self.backward(self.loss.gradient(y, prediction, sample_weight=sample_weight)),
            prediction,
        )

    def train_on_batch(
        self, x: npt.ArrayLike, y: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> float:
        """One step of the optimizer; the loss before it."""
        value, gradients, prediction = self.loss_and_gradients(x, y, sample_weight)
        moved = self.optimizer.apply(gradients, self.trainable)
        for layer in self.layers:
            count = len(layer.trainable)
            layer.trainable, moved = moved[:count], moved[count:]
        self._measure(np.asarray(y), prediction)
        return value

    def fit(
        self,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        *,
        batch_size: int | None = 32,
        epochs: int = 1,
        validation_split: float = 0.0,
        validation_data: Data | None = None,
        shuffle: bool = True,
        class_weight: Mapping[int, float] | None = None,
        sample_weight: npt.ArrayLike | None = None,
        callbacks: Sequence[Callback] = (),
        initial_epoch: int = 0,
    ) -> History:
        """Train for some epochs.

        Args:
            x: (n, …) inputs.
            y: (n, …) labels.
            batch_size: samples of a step; None for all (full-batch). 32 by default.
            epochs: how often all samples are gone through.
            validation_split: the last part of the samples, before shuffling, is kept for validation.
            validation_data: (x, y) or (x, y, sample_weight) instead.
            shuffle: mix the training samples before each epoch.
            class_weight: weight of the loss by class number.
            sample_weight: (n,) weight of the loss by sample.
            callbacks: see `callbacks`.
            initial_epoch: number of the first epoch.

        Returns:
            The history: `.history["loss"]`, `["val_loss"]`, and the metrics' names likewise.

        Raises:
            ValueError: numbers of samples that differ, or not compiled.
        """
        inputs, labels, weights = checked(x, y, sample_weight)
        assert labels is not None
        if class_weight is not None:
            by_class = class_weights(labels, class_weight)
            weights = by_class if weights is None else weights * by_class
        if validation_split and validation_data is None:
            part, held = split_last(len(inputs), validation_split)
            validation_data = _taken(inputs, labels, weights, held)
            inputs, labels = inputs[part], labels[part]
            weights = None if weights is None else weights[part]
        # Before anything is shuffled, so that a seed gives the same weights whatever the data.
        self.build(inputs.shape[1:])
        history = History()
        watching = [*callbacks, history]
        self.stop_training = False
        for callback in watching:
            callback.set_model(self)
            callback.on_train_begin()
        for epoch in range(initial_epoch, epochs):
            for callback in watching:
                callback.on_epoch_begin(epoch)
            logs = self._epoch(inputs, labels, weights, batch_size, self.rng if shuffle else None)
            if validation_data is not None:
                found = self._evaluate(*validation_data, batch_size=batch_size)
                logs |= {f"val_{name}": value for name, value in found.items()}
            for callback in watching:
                callback.on_epoch_end(epoch, logs)
            if self.stop_training:
                break
        for callback in watching:
            callback.on_train_end()
        return history

    def evaluate(
        self,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        *,
        batch_size: int | None = 32,
        sample_weight: npt.ArrayLike | None = None,
        return_dict: bool = False,
    ) -> Any:
        """Loss and metrics at inference.

        Returns:
            The loss, or a list of loss and metrics if there are any; by name with `return_dict`.
        """
        logs = self._evaluate(x, y, sample_weight, batch_size=batch_size)
        if return_dict:
            return logs
        return list(logs.values()) if len(logs) > 1 else logs["loss"]

    def predict(self, x: npt.ArrayLike, *, batch_size: int | None = 32) -> Array:
        """Results at inference for (n, …) inputs."""
        inputs = as_array(x)
        if not len(inputs):
            return self.forward(inputs)
        return np.concatenate([self.forward(inputs[b]) for b in batches(len(inputs), batch_size)])

    def _epoch(
        self,
        x: Array,
        y: Labels,
        weights: Array | None,
        batch_size: int | None,
        rng: np.random.Generator | None,
    ) -> Logs:
        self._forget()
        total = 0.0
        for b in batches(len(x), batch_size, rng=rng):
            total += len(b) * self.train_on_batch(x[b], y[b], None if weights is None else weights[b])
        return self._logs(total / max(1, len(x)))

    def _evaluate(
        self,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        sample_weight: npt.ArrayLike | None = None,
        *,
        batch_size: int | None = 32,
    ) -> Logs:
        inputs, labels, weights = checked(x, y, sample_weight)
        assert labels is not None
        self._forget()
        total = 0.0
        for b in batches(len(inputs), batch_size):
            prediction = self.forward(inputs[b])
            weight = None if weights is None else weights[b]
            value = float(self.loss.value(labels[b], prediction, sample_weight=weight))
            total += len(b) * (value + self.penalty)
            self._measure(labels[b], prediction)
        return self._logs(total / max(1, len(inputs)))

    def _forget(self) -> None:
        for metric in self.metrics:
            metric.reset_state()

    def _measure(self, y: Labels, prediction: Array) -> None:
        if self._names and not self.metrics:
            self.metrics = [_fitting(name, y, prediction) for name in self._names]
        for metric in self.metrics:
            metric.update_state(y, prediction)

    def _logs(self, loss: float) -> Logs:
        return {"loss": loss} | {metric.name: metric.result() for metric in self.metrics}


def _taken(x: Array, y: Labels, weights: Array | None, at: npt.NDArray[np.int64]) -> Data:
    return (x[at], y[at]) if weights is None else (x[at], y[at], weights[at])


def _fitting(name: str | Metric, y: Labels, prediction: Array) -> Metric:
    """The metric; "accuracy" is that for two classes, class numbers, or one-hot labels."""
    if isinstance(name, Metric) or name.lower() not in ("accuracy", "acc"):
        return metrics.get(name)
    if prediction.shape[-1] == 1:
        return metrics.BinaryAccuracy(name)
    if y.ndim < prediction.ndim or y.shape[-1] == 1:
        return metrics.SparseCategoricalAccuracy(name)
    return metrics.CategoricalAccuracy(name)
