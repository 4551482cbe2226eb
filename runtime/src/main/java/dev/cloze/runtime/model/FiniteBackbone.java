package dev.cloze.runtime.model;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Whether the weights of a backbone that is not trained are finite: they are looked at once, however many ask. */
final class FiniteBackbone {

    private final Backbone backbone;
    private final ReentrantLock looking = new ReentrantLock();
    private boolean known;
    private Optional<WeightSlot> spoilt = Optional.empty();

    FiniteBackbone(Backbone backbone) {
        this.backbone = backbone;
    }

    /**
     * Requires that they are.
     *
     * @param name of the model, for the message
     * @throws dev.cloze.problem.ClozeException MODEL_NOT_FINITE
     */
    void require(String name) {
        spoilt().ifPresent(slot -> {
            throw FiniteWeights.refusal(slot, name);
        });
    }

    private Optional<WeightSlot> spoilt() {
        looking.lock();
        try {
            if (!known) {
                spoilt = backbone.notFinite();
                known = true;
            }
            return spoilt;
        } finally {
            looking.unlock();
        }
    }
}
