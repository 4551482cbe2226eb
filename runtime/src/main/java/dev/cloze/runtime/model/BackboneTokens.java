package dev.cloze.runtime.model;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.List;

/** The special tokens a kind of backbone wants around a text and at its masks. */
final class BackboneTokens {

    /** What T5 was trained to put a text in the place of. */
    private static final List<String> SENTINELS =
            List.of("<extra_id_0>", "▁<extra_id_0>"); // mT5 spells it with a space

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
                        sentinel(tokenizer), said.pad(), said.start(), said.between(), end(said, backbone), false);
        };
    }

    private static int sentinel(Tokenizer tokenizer) {
        return SENTINELS.stream()
                .flatMapToInt(sentinel -> tokenizer.id(sentinel).stream())
                .findFirst()
                .orElse(-1);
    }

    /** Some T5 tokenizers come without a post-processor, but none of the models without the end token. */
    private static int[] end(SpecialTokens said, Backbone backbone) {
        int[] ends = backbone instanceof TextBackbone text ? text.endTokens() : NOTHING;
        return said.end().length > 0 || ends.length == 0 ? said.end() : new int[] {ends[0]};
    }
}
