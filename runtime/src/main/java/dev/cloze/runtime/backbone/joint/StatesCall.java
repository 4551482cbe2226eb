package dev.cloze.runtime.backbone.joint;

import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.List;

/** Asks for last hidden states, see {@link dev.cloze.runtime.backbone.Backbone#states}: for each row those asked, flat. */
final class StatesCall extends Call<float[][]> {

    final List<TokenRow> rows;
    final StatePooling pooling;
    final Injection injection;

    StatesCall(List<TokenRow> rows, StatePooling pooling, Injection injection) {
        this.rows = rows;
        this.pooling = pooling;
        this.injection = injection;
    }
}
