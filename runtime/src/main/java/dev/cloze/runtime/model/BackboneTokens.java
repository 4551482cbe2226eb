package dev.cloze.runtime.model;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The special tokens a kind of backbone wants around a text and at its masks. */
public final class BackboneTokens {

    private static final int[] NOTHING = {};

    private BackboneTokens() {}

    /**
     * The special tokens of texts that such a backbone reads, of all that its tokenizer would put there.
     *
     * @param textEnds what ends a text that the model writes, of which the first counts
     */
    public static SpecialTokens of(BackboneKind kind, Tokenizer tokenizer, int[] textEnds) {
        SpecialTokens said = tokenizer.special();
        return switch (kind) {
            case ENCODER -> said;
            // The text goes on after a prompt: no token may end it, nor begin another inside it.
            // What stands at a mask is never read.
            case DECODER -> new SpecialTokens(said.pad(), said.pad(), said.start(), NOTHING, NOTHING, false, true);
            case ENCODER_DECODER -> {
                // Some T5 tokenizers come without a post-processor, but none of the models without the end token.
                boolean silent = said.end().length == 0;
                int[] textEnd = Arrays.copyOf(textEnds, Math.min(1, textEnds.length));
                yield new SpecialTokens(
                        sentinel(tokenizer, 0).orElse(-1),
                        said.pad(),
                        said.start(),
                        silent ? textEnd : said.between(),
                        silent ? textEnd : said.end(),
                        false);
            }
        };
    }

    /** What T5 was trained to put a text in the place of, the first of them with number 0; mT5 spells it with a space. */
    public static OptionalInt sentinel(Tokenizer tokenizer, int number) {
        return Stream.of("<extra_id_" + number + ">", "▁<extra_id_" + number + ">")
                .flatMapToInt(sentinel -> tokenizer.id(sentinel).stream())
                .findFirst();
    }
}
