package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.List;

/** The hidden states that stand for texts, one a row: (B, E). */
public record HeadStates(Backbone backbone, StatePooling pooling) {

    /** With the graph behind them. */
    public NDArray of(NDManager scope, List<TokenRow> rows, Dropout dropout) {
        NDArray states = backbone.states(scope, rows, pooling, dropout, Injection.NONE);
        return pooling == StatePooling.PLACES ? states.squeeze(1) : states; // rows ask for one place each
    }
}
