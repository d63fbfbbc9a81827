"""Train the same models in Keras, and write down how loss and weights went: `keras-training.json`.

Run it in an environment that has keras and jax (or torch) besides numpy; the tests need only the file:

    KERAS_BACKEND=jax JAX_ENABLE_X64=1 python tests/oracle/keras_training.py

Keras does some of its arithmetic in float32 even when float64 is asked for. That cap is lifted here, so that
what is compared is the method and not the rounding.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FILE = ROOT / "tests" / "data" / "keras-training.json"

MOONS = {"data": "two_moons", "n": 1000, "hidden": 16, "units": 1, "activation": "sigmoid",
         "loss": "binary_crossentropy"}  # fmt: skip
DIGITS = {"data": "small_digits", "n": 2000, "hidden": 64, "units": 10, "activation": "softmax",
          "loss": "sparse_categorical_crossentropy"}  # fmt: skip
RUNS: list[dict[str, Any]] = [
    MOONS | {"optimizer": "Adam", "params": {"learning_rate": 0.01}, "epochs": 60},
    DIGITS | {"optimizer": "Adam", "params": {"learning_rate": 0.003}, "epochs": 30},
    DIGITS
    | {
        "optimizer": "SGD",
        "params": {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True},
        "epochs": 20,
        "normalize": True,
        "regularizer": "l2",
    },
    *(
        MOONS | {"optimizer": name, "params": params, "epochs": 5}
        for name, params in (
            ("SGD", {}),
            ("SGD", {"momentum": 0.9, "weight_decay": 0.01}),
            ("RMSprop", {}),
            ("RMSprop", {"centered": True, "momentum": 0.5}),
            ("Adagrad", {}),
            ("Adadelta", {"learning_rate": 0.5}),
            ("Adam", {"amsgrad": True, "weight_decay": 0.01}),
            ("AdamW", {"clipnorm": 0.1}),
            ("Adamax", {"clipvalue": 0.01}),
            ("Nadam", {"global_clipnorm": 0.5}),
        )
    ),
]


def samples(run: dict[str, Any]) -> tuple[Any, Any, int]:
    """Data of a run, and how many of them are for training: the rest is the test."""
    from quizdl.engine import datasets

    x, y = getattr(datasets, run["data"])(run["n"], rng=0)
    return x, y, run["n"] * 4 // 5


def our_model(run: dict[str, Any], input_shape: tuple[int, ...]) -> Any:
    """The engine's model, with weights by seed 1."""
    from quizdl.engine import layers, models, optimizers

    model = models.Sequential(
        [
            layers.Flatten(),
            layers.Dense(run["hidden"], "relu"),
            *([layers.BatchNormalization()] if run.get("normalize") else []),
            layers.Dense(run["units"], run["activation"], kernel_regularizer=run.get("regularizer")),
        ],
        seed=1,
    )
    model.build(input_shape)
    model.compile(getattr(optimizers, run["optimizer"])(**run["params"]), run["loss"], ["accuracy"])
    return model


FIT = {"batch_size": 32, "shuffle": False, "validation_split": 0.2}


def main() -> None:
    """Train all runs in Keras from the engine's starting weights."""
    import keras
    import keras.src.backend.common.dtypes as dtypes
    import numpy as np

    sys.path.insert(0, str(ROOT))
    keras.config.set_floatx("float64")
    dtypes.BIT64_TO_BIT32_DTYPE = {k: k for k in dtypes.BIT64_TO_BIT32_DTYPE}
    written = []
    for run in RUNS:
        x, y, cut = samples(run)
        model = keras.Sequential(
            [
                keras.Input(x.shape[1:]),
                keras.layers.Flatten(),
                keras.layers.Dense(run["hidden"], "relu"),
                *([keras.layers.BatchNormalization()] if run.get("normalize") else []),
                keras.layers.Dense(
                    run["units"], run["activation"], kernel_regularizer=run.get("regularizer")
                ),
            ]
        )
        model.set_weights(our_model(run, x.shape[1:]).get_weights())
        optimizer = getattr(keras.optimizers, run["optimizer"])(**run["params"])
        model.compile(optimizer, run["loss"], metrics=["accuracy"])
        history = model.fit(x[:cut], y[:cut], epochs=run["epochs"], verbose=0, **FIT).history
        loss, accuracy = model.evaluate(x[cut:], y[cut:], verbose=0)
        norms = [float(np.linalg.norm(w)) for w in model.get_weights()]
        written.append(
            {
                "run": run,
                "keras": keras.__version__,
                "history": {k: [float(v) for v in values] for k, values in history.items()},
                "test": {"loss": float(loss), "accuracy": float(accuracy)},
                "weight_norms": norms,
            }
        )
        print(run["data"], run["optimizer"], run["params"], f"loss {loss:.6f}, accuracy {accuracy:.4f}")
    FILE.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
