"""Sequential: training, validation, weights, callbacks, and repeatability."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizdl.engine import augmentation, callbacks, datasets, layers, losses, models, optimizers

X, Y = datasets.two_moons(200, rng=1)


def network(seed: int = 0, optimizer: Any = "adam", **fit: Any) -> models.Sequential:
    model = models.Sequential([layers.Dense(8, "relu"), layers.Dense(1, "sigmoid")], seed=seed)
    model.compile(optimizer, "binary_crossentropy", ["accuracy", "auc"])
    return model


def test_a_linear_model_finds_the_least_squares() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(100, 3))
    y = x @ [[1.0], [-2.0], [0.5]] + 3.0 + 0.1 * rng.normal(size=(100, 1))
    model = models.Sequential([layers.Dense(1)], seed=0)
    model.compile(optimizers.SGD(0.3), "mse")
    model.fit(x, y, batch_size=None, epochs=300)
    exact = np.linalg.lstsq(np.c_[x, np.ones(100)], y, rcond=None)[0]
    np.testing.assert_allclose(np.vstack(model.get_weights()), exact, atol=1e-8)


def test_the_same_seed_trains_the_same() -> None:
    one, other, third = network(3), network(3), network(4)
    for model in (one, other, third):
        model.fit(X, Y, epochs=2)
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert any((a != b).any() for a, b in zip(one.get_weights(), third.get_weights(), strict=True))


def test_history() -> None:
    history = network().fit(X, Y, epochs=3, validation_split=0.25)
    assert history.epoch == [0, 1, 2]
    assert set(history.history) == {"loss", "accuracy", "auc", "val_loss", "val_accuracy", "val_auc"}
    assert all(len(values) == 3 for values in history.history.values())
    assert history.history["loss"][2] < history.history["loss"][0]


def test_validation_is_the_last_part_and_is_not_trained_on() -> None:
    held = network(1)
    held.fit(X, Y, epochs=2, shuffle=False, validation_split=0.25)
    alone = network(1)
    alone.fit(X[:150], Y[:150], epochs=2, shuffle=False)
    for a, b in zip(held.get_weights(), alone.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    history = network(1).fit(X[:150], Y[:150], epochs=2, shuffle=False, validation_data=(X[150:], Y[150:]))
    np.testing.assert_allclose(held.evaluate(X[150:], Y[150:])[0], history.history["val_loss"][-1])


def test_batch_sizes() -> None:
    for size, steps in ((None, 1), (1, 200), (32, 7), (200, 1), (500, 1)):
        model = network(optimizer=optimizers.SGD())
        model.fit(X, Y, batch_size=size)
        assert model.optimizer.iterations == steps
    with pytest.raises(ValueError, match="batch_size"):
        network().fit(X, Y, batch_size=0)


def test_every_sample_is_in_one_batch() -> None:
    rng = np.random.default_rng(0)
    found = [b.tolist() for b in models.batches(10, 3, rng=rng)]
    assert [len(b) for b in found] == [3, 3, 3, 1]
    order = np.concatenate(found).tolist()
    assert sorted(order) == list(range(10))
    assert order != list(range(10))
    assert np.concatenate(list(models.batches(10, 3, rng=rng))).tolist() != order


def test_evaluation_and_prediction_do_not_depend_on_batches() -> None:
    model = network()
    model.fit(X, Y)
    np.testing.assert_allclose(model.evaluate(X, Y, batch_size=7), model.evaluate(X, Y, batch_size=None))
    np.testing.assert_allclose(model.predict(X, batch_size=7), model.predict(X, batch_size=None), rtol=1e-14)
    named = model.evaluate(X, Y, return_dict=True)
    assert list(named) == ["loss", "accuracy", "auc"]
    assert model.predict(np.zeros((0, 2))).shape == (0, 1)


def test_prediction_is_at_inference() -> None:
    model = models.Sequential([layers.Dense(4), layers.BatchNormalization(), layers.Dropout(0.5)], seed=0)
    np.testing.assert_array_equal(model.predict(X), model.predict(X))
    before = model.get_weights()
    model.compile("sgd", "mse")
    model.evaluate(X, np.zeros((200, 4)))
    for a, b in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_weights_of_samples_and_classes() -> None:
    w = np.where(Y == 1, 3.0, 1.0)
    one, other, third = network(2), network(2), network(2)
    one.fit(X, Y, epochs=2, sample_weight=w)
    other.fit(X, Y, epochs=2, class_weight={1: 3.0})
    third.fit(X, Y, epochs=2)
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)
    assert any((a != b).any() for a, b in zip(one.get_weights(), third.get_weights(), strict=True))
    np.testing.assert_array_equal(models.class_weights(np.eye(3)[[2, 0]], {2: 5.0}), [5.0, 1.0])
    by_sample = np.linspace(0.5, 2.0, 200)
    both, product = network(2), network(2)
    both.fit(X, Y, sample_weight=by_sample, class_weight={1: 3.0})
    product.fit(X, Y, sample_weight=by_sample * w)
    for a, b in zip(both.get_weights(), product.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)


def test_weights_that_are_zero_leave_samples_out() -> None:
    w = (np.arange(200) < 100).astype(float)
    model = models.Sequential([layers.Dense(1, "sigmoid")], seed=0)
    model.compile(optimizers.SGD(1.0), losses.BinaryCrossentropy(reduction="mean_with_sample_weight"))
    model.fit(X, Y, batch_size=None, epochs=5, sample_weight=w)
    half = models.Sequential([layers.Dense(1, "sigmoid")], seed=0)
    half.compile(optimizers.SGD(1.0), "binary_crossentropy")
    half.fit(X[:100], Y[:100], batch_size=None, epochs=5)
    np.testing.assert_allclose(model.get_weights()[0], half.get_weights()[0], rtol=1e-10)


def test_penalties_are_in_the_loss() -> None:
    model = models.Sequential([layers.Dense(1, kernel_regularizer="l2", kernel_initializer="ones")], seed=0)
    model.compile("sgd", "mse")
    y = np.zeros((200, 1))
    loss = model.evaluate(X, y)
    assert loss == pytest.approx(float((model.predict(X) ** 2).mean()) + 0.01 * 2)


def test_accuracy_is_that_of_the_labels() -> None:
    x = np.eye(3)
    model = models.Sequential([layers.Activation("softmax")])
    model.compile("sgd", "categorical_crossentropy", ["accuracy"])
    assert model.evaluate(x, np.eye(3)[[0, 1, 1]])[1] == pytest.approx(2 / 3)
    model.compile("sgd", "sparse_categorical_crossentropy", ["accuracy"])
    assert model.evaluate(x, [0, 1, 1])[1] == pytest.approx(2 / 3)
    model.compile("sgd", "sparse_categorical_crossentropy", ["acc"])
    assert model.evaluate(x, [[0], [1], [1]], return_dict=True)["acc"] == pytest.approx(2 / 3)


def test_labels_of_one_axis_are_not_broadcast() -> None:
    model = models.Sequential([layers.Dense(1)], seed=0)
    model.compile(optimizers.SGD(0.3), "mse")
    model.fit(X, X[:, 0], batch_size=None, epochs=200)
    np.testing.assert_allclose(model.predict(X)[:, 0], X[:, 0], atol=1e-6)


def test_early_stopping_brings_the_best_weights_back() -> None:
    class Note(callbacks.Callback):
        seen: list[Any] = []

        def on_epoch_end(self, epoch: int, logs: callbacks.Logs) -> None:
            self.seen.append(self.model.get_weights())

    note = Note()
    stop = callbacks.EarlyStopping(patience=2, restore_best_weights=True)
    model = network(optimizer=optimizers.Adam(0.3))
    history = model.fit(X, Y, epochs=200, validation_split=0.3, callbacks=[note, stop])
    losses_seen = history.history["val_loss"]
    assert len(losses_seen) < 200
    best = int(np.argmin(losses_seen))
    assert stop.best_epoch == best == len(losses_seen) - 3
    for a, b in zip(model.get_weights(), note.seen[best], strict=True):
        np.testing.assert_array_equal(a, b)
    assert any((a != b).any() for a, b in zip(model.get_weights(), note.seen[-1], strict=True))


def test_early_stopping_on_accuracy_asks_the_metric() -> None:
    stop = callbacks.EarlyStopping("val_accuracy", patience=1)
    history = network(optimizer=optimizers.Adam(0.1)).fit(
        X, Y, epochs=100, validation_split=0.3, callbacks=[stop]
    )
    assert stop.best == max(history.history["val_accuracy"])
    with pytest.raises(ValueError, match="monitor must be one of"):
        network().fit(X, Y, callbacks=[callbacks.EarlyStopping()])


def test_learning_rates_between_epochs() -> None:
    model = network(optimizer=optimizers.SGD(1.0))
    history = model.fit(
        X, Y, epochs=3, callbacks=[callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.5)]
    )
    assert history.history["learning_rate"] == [0.5, 0.25, 0.125]
    model = network(optimizer=optimizers.SGD(1e-9))
    plateau = callbacks.ReduceLROnPlateau("loss", factor=0.5, patience=1)
    history = model.fit(X, Y, epochs=3, callbacks=[plateau])
    assert history.history["learning_rate"] == [1e-9, 1e-9, 5e-10]


def test_augmentation_is_for_training_only() -> None:
    x, y = datasets.small_digits(40)
    model = models.Sequential(
        [
            augmentation.RandomRotation(0.1),
            augmentation.RandomZoom(0.1),
            layers.Flatten(),
            layers.Dense(10, "softmax"),
        ],
        seed=0,
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x, y)
    np.testing.assert_array_equal(model.predict(x), model.predict(x))
    assert (model.forward(x, training=True) != model.forward(x, training=True)).any()
    late = models.Sequential(
        [layers.Flatten(), layers.Dense(4), augmentation.RandomFlip(), layers.Dense(2)], seed=0
    )
    late.compile("sgd", "mse")
    late.forward(np.zeros((1, 2)), training=False)
    with pytest.raises(TypeError, match="before all weights"):
        late.backward(np.zeros((1, 2)))


def test_an_order_of_things_that_cannot_work_is_refused() -> None:
    model = models.Sequential([layers.Dense(1)])
    with pytest.raises(ValueError, match="compile must come before"):
        model.fit(X, Y)
    model.compile()
    with pytest.raises(ValueError, match="as many samples"):
        model.fit(X, Y[:-1])
    with pytest.raises(ValueError, match="both parts must have samples"):
        model.fit(X, Y, validation_split=0.9999)
    model.build((2,))
    with pytest.raises(ValueError, match="2 weights"):
        model.set_weights([np.zeros((2, 1))])


def test_weights_go_in_and_out() -> None:
    model = network()
    model.build((2,))
    assert model.count_params() == 2 * 8 + 8 + 8 + 1
    copies = model.get_weights()
    copies[0][:] = 7.0
    assert (model.get_weights()[0] != 7.0).all()
    model.set_weights(copies)
    copies[0][:] = 8.0
    assert (model.get_weights()[0] == 7.0).all()
