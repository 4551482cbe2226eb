package dev.cloze.runtime.model;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;

/** The special tokens a kind of backbone wants around a text and at its masks. */
final class BackboneTokens {

    /** What T5 was trained to put a text in the place of. */
    private static final String SENTINEL = "<extra_id_0>";

    private static final int[] NOTHING = {};

    private BackboneTokens() {}

    static SpecialTokens of(Backbone backbone, Tokenizer tokenizer) {
        SpecialTokens said = tokenizer.special();
        return switch (backbone.kind()) {
            case ENCODER -> said;
            // The text goes on after a prompt: no token may end it. What stands at a mask is never read.
            case DECODER -> new SpecialTokens(said.pad(), said.pad(), said.start(), said.between(), NOTHING, false);
            case ENCODER_DECODER ->
                new SpecialTokens(
                        tokenizer.id(SENTINEL).orElse(-1),
                        said.pad(),
                        said.start(),
                        said.between(),
                        // Some T5 tokenizers come without a post-processor, but none of the models without the end token.
                        said.end().length > 0 ? said.end() : end(backbone, tokenizer),
                        false);
        };
    }

    /** What ends a text that the model writes. */
    static int[] end(Backbone backbone, Tokenizer tokenizer) {
        int[] configured = backbone instanceof TextBackbone text ? text.endTokens() : NOTHING;
        return configured.length > 0
                ? new int[] {configured[0]}
                : tokenizer.special().end();
    }
}
