"""How each group of `oracle.jsonl` is asked of the engine, under Keras's or torch's convention.

An adapter takes a row and gives the engine's value, or None where the engine has no such convention.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from quizdl.engine import (
    activations,
    augmentation,
    callbacks,
    initializers,
    layers,
    losses,
    metrics,
    models,
    optimizers,
    regularizers,
    schedules,
    splits,
)

Row = dict[str, Any]
Convention = Literal["keras", "torch"]


def activation(row: Row, convention: Convention) -> Any:
    """`activations.relu_max6_slope0.1` is relu with parameters; `d/dx` before it asks for the derivative."""
    name = row["fn"].split("activations.")[1].split(" ")[0]
    found = activations.get(max((n for n in activations.names() if name.startswith(n)), key=len))
    params = dict(row["params"])
    if convention == "torch" and found.name == "leaky_relu":
        params.setdefault("negative_slope", 0.01)
    if row["fn"].startswith("d/dx"):
        assert found.derivative is not None
        return found.derivative(row["inputs"]["x"], **params)
    return found.forward(row["inputs"]["x"], **params)


LOSSES = {
    "mse": losses.MeanSquaredError,
    "mae": losses.MeanAbsoluteError,
    "BCE": losses.BinaryCrossentropy,
    "CosineEmbeddingLoss": losses.CosineSimilarity,
    "class weights": losses.SparseCategoricalCrossentropy,
}


def loss(row: Row, convention: Convention) -> Any:
    """`losses.Huber` and the like; `d BCE/dp` before it asks for the gradient."""
    name = row["fn"].removeprefix("losses.").removeprefix("d ")
    kind = next((c for n, c in LOSSES.items() if name.startswith(n)), None)
    made = kind or getattr(losses, re.split(r"[ (/]", name)[0])
    params = {k: v for k, v in row["params"].items() if k not in ("axis", "weight")}
    if name.startswith("class weights"):
        params["from_logits"] = True
        if convention == "torch":
            params["reduction"] = "mean_with_sample_weight"
    one = made(**params)
    given = row["inputs"]
    if row["fn"].startswith("d "):
        if convention == "torch" and not row["agree"]:
            return None
        return one.gradient(given["y_true"], given["y_pred"])
    value = one(given["y_true"], given["y_pred"], given.get("sample_weight"))
    if convention == "torch":
        return value if row["agree"] or name.startswith("class weights") else None
    return value


def metric(row: Row, convention: Convention) -> Any:
    given, fn = row["inputs"], row["fn"]
    if convention == "torch":
        if fn.startswith("AUC"):
            return metrics.roc_auc(given["y_true"], given["y_pred"])
        if fn.startswith("F1Score") and "threshold" in row["params"]:
            return metrics.f1_score(given["y_true"], given["y_pred"], epsilon=0.0, **row["params"])
        if not row["agree"]:
            return None
    one = getattr(metrics, fn.split(" ")[0])(**row["params"])
    for y_true, y_pred in given.get("batches") or [(given["y_true"], given["y_pred"])]:
        one.update_state(y_true, y_pred)
    return one.result()


NAMES = {"lr": "learning_rate", "eps": "epsilon"}
TORCH: dict[str, dict[str, Any]] = {
    "SGD": {"learning_rate": 1e-3},
    "RMSprop": {"learning_rate": 1e-2, "rho": 0.99, "epsilon": 1e-8},
    "Adam": {"epsilon": 1e-8},
    "AdamW": {"epsilon": 1e-8, "weight_decay": 1e-2},
    "Adagrad": {"learning_rate": 1e-2, "initial_accumulator_value": 0.0, "epsilon": 1e-10},
    "Adadelta": {"learning_rate": 1.0, "rho": 0.9, "epsilon": 1e-6},
    "Adamax": {"learning_rate": 2e-3, "epsilon": 1e-8},
    "Nadam": {"learning_rate": 2e-3, "momentum_decay": 0.004, "epsilon": 1e-8},
}
"""torch's default values; its form of the step is `convention="torch"`."""


def optimizer(row: Row, convention: Convention) -> Any:
    """Five steps from w0, with the learning rate changed on the way if `lr` is a list."""
    if "grad" in row["inputs"]:
        return clipped(row, convention)
    name = row["fn"].split(" ")[0]
    params = {NAMES.get(k, k): v for k, v in row["params"].items()}
    if convention == "torch":
        # Rows that are not about default values were run with Keras's values in torch's form.
        params = (TORCH[name] if "default" in row["fn"] else {}) | params
        if "momentum_decay=1" in row["fn"]:
            params["momentum_decay"] = 1.0
    rates = params["learning_rate"] if isinstance(params.get("learning_rate"), list) else None
    if rates:
        params["learning_rate"] = rates[0]
    one = getattr(optimizers, name)(**params, convention=convention)
    w, path = np.array(row["inputs"]["w0"]), []
    for step, gradient in enumerate(row["inputs"]["grads"]):
        if rates:
            one.learning_rate = rates[step]
        (w,) = one.apply([gradient], [w])
        path.append(w)
    return path


def clipped(row: Row, convention: Convention) -> Any:
    """What is left of the gradient, seen as the step of SGD with rate 1 from 0."""
    params = dict(row["params"])
    if convention == "torch" and "clipnorm" in params:
        params = {"global_clipnorm": params["clipnorm"]}
    one = optimizers.SGD(1.0, convention=convention, **params)
    return -one.apply([row["inputs"]["grad"]], [np.zeros(len(row["inputs"]["grad"]))])[0]


def descent(row: Row, convention: Convention) -> Any:
    """Gradient descent on x²."""
    x, path = np.array([row["inputs"]["x0"]]), []
    for _ in range(row["inputs"]["steps"]):
        x, _ = optimizers.sgd_step(x, 2 * x, learning_rate=row["params"]["lr"])
        path.append(float(x[0]))
    return path


SCHEDULES = {"lr": "initial_learning_rate"}


def schedule(row: Row, convention: Convention) -> Any:
    if convention == "torch" and "past the end" in row["fn"]:
        return None
    params = {SCHEDULES.get(k, k): v for k, v in row["params"].items()}
    one = getattr(schedules, row["fn"].split(" ")[0])(**params)
    return [one(step) for step in row["inputs"]["steps"]]


def regularizer(row: Row, convention: Convention) -> Any:
    name, numbers = re.search(r"regularizers\.(\w+)[ (]*(?:default)?\(?([\d.,]*)", row["fn"]).groups()  # type: ignore[union-attr]
    given = [] if "default" in row["fn"] else [float(n) for n in numbers.split(",") if n]
    one = getattr(regularizers, name)(*given)
    return one.gradient(row["inputs"]["w"]) if row["fn"].startswith("grad") else one(row["inputs"]["w"])


def initializer(row: Row, convention: Convention) -> Any:
    name, what = row["fn"].removeprefix("initializers.").split(" ")
    one = getattr(initializers, name)()
    return one.limit(row["params"]["shape"]) if what == "limit" else one.stddev(row["params"]["shape"])


def normalization(row: Row, convention: Convention) -> Any:
    given, params, fn = row["inputs"], dict(row["params"]), row["fn"]
    x = np.array(given["x"])
    if fn.startswith("BN backward"):
        found = layers.batch_normalization_backward(
            given["dy"], x, params.get("gamma", 1.0), epsilon=params["epsilon"]
        )
        return found.x if "dx" in fn else [found.gamma, found.beta]
    if fn == "inference forward":
        return layers.batch_normalization(
            x, mean=given["moving_mean"], variance=given["moving_var"], epsilon=params["epsilon"]
        ).y
    layer = layers.BatchNormalization(**{k: v for k, v in params.items() if k in ("epsilon", "momentum")})
    if convention == "torch" and fn.startswith("moving"):
        layer.momentum = 0.9
    y = layer(x, training=True)
    if "moving mean" in fn:
        return layer.moving_mean
    if "moving variance" in fn:
        return layer.moving_variance if convention == "keras" else None
    return y


def dropout(row: Row, convention: Convention) -> Any:
    x, rate = np.array(row["inputs"]["x"]), row["params"]["rate"]
    if "mask" in row["params"]:
        return layers.dropout(x, row["params"]["mask"], rate)
    return layers.Dropout(rate, seed=0)(x, training="inference" not in row["fn"])


def backpropagation(row: Row, convention: Convention) -> Any:
    """Two dense layers and cross-entropy of logits."""
    given = row["inputs"]
    model = models.Sequential([layers.Dense(3, row["params"]["act"]), layers.Dense(2)])
    model.build((2,))
    model.set_weights([given[n] for n in ("W1", "b1", "W2", "b2")])
    model.compile("sgd", losses.CategoricalCrossentropy(from_logits=True))
    value, gradients, _ = model.loss_and_gradients(given["x"], given["y"])
    by_name = dict(zip(("dW1", "db1", "dW2", "db2"), gradients, strict=True))
    return by_name.get(row["fn"].rpartition(" ")[2], value)


def augmented(row: Row, convention: Convention) -> Any:
    x, fn = np.array(row["inputs"]["img"]), row["fn"]
    if fn.startswith("RandomContrast"):
        return augmentation.adjust_contrast(x, row["params"]["c"])
    if fn.startswith("RandomFlip"):
        flip = augmentation.flip_left_right if "horizontal" in fn else augmentation.flip_up_down
        return flip(x)
    layer = getattr(augmentation, fn.split("(")[0].split(" ")[0])
    inference = "inference" in fn
    return layer(tuple(row["params"]["factor"]), seed=0)(x, training=not inference)


class Recorded:
    """A model whose one weight is the number of its epoch."""

    def __init__(self, rate: float = 0.0) -> None:
        self.stop_training = False
        self.metrics: list[Any] = []
        self.optimizer = optimizers.SGD(rate)
        self.weights = [np.zeros(1)]

    def get_weights(self) -> list[Any]:
        return [w.copy() for w in self.weights]

    def set_weights(self, weights: list[Any]) -> None:
        self.weights = weights


def callback(row: Row, convention: Convention) -> Any:
    params, fn = row["params"], row["fn"].split(" ")[0]
    if fn == "EarlyStopping":
        model = Recorded()
        stopping = callbacks.EarlyStopping(**params)
        stopping.set_model(model)
        stopping.on_train_begin()
        epoch = 0
        for epoch, value in enumerate(row["inputs"]["val_loss"]):
            model.weights = [np.array([float(epoch)])]
            stopping.on_epoch_end(epoch, {"val_loss": value})
            if model.stop_training:
                break
        stopping.on_train_end()
        return [epoch, stopping.best_epoch, model.weights[0][0], float(model.stop_training)]
    assert fn == "ReduceLROnPlateau"
    if convention == "torch":
        if not row["agree"]:
            return None
        params = params["torch"] | {"patience": params["torch"]["patience"] + 1}
    else:
        params = params["keras"]
    model, rates = Recorded(row["inputs"]["lr"]), []
    plateau = callbacks.ReduceLROnPlateau(**params)
    plateau.set_model(model)
    for epoch, value in enumerate(row["inputs"]["val_loss"]):
        plateau.on_epoch_end(epoch, {"val_loss": value})
        rates.append(model.optimizer.learning_rate)
    return rates


def split(row: Row, convention: Convention) -> Any:
    return splits.validation_split(
        row["inputs"]["n"], **{"fraction": row["params"]["validation_split"]}
    ).validation


def single_precision(row: Row, convention: Convention) -> Any:
    """What float32 makes of the clip: 1 − 1e-7 is not a float32, the next one below 1 is taken."""
    if convention == "torch":
        return None
    p = np.clip(np.float32(row["inputs"]["y_pred"]), np.float32(1e-7), np.float32(1 - 1e-7))
    return losses.BinaryCrossentropy()(row["inputs"]["y_true"], p)


ADAPTERS: dict[str, Callable[[Row, Convention], Any]] = {
    "act": activation,
    "actext": activation,
    "actgrad": activation,
    "softmax": activation,
    "loss": loss,
    "lossgrad": loss,
    "metric": metric,
    "opt": optimizer,
    "lr": descent,
    "sched": schedule,
    "reg": regularizer,
    "init": initializer,
    "bn": normalization,
    "dropout": dropout,
    "backprop": backpropagation,
    "augment": augmented,
    "callback": callback,
    "split": split,
    "f32": single_precision,
}
