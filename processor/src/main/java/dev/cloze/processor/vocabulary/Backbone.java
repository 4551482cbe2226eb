package dev.cloze.processor.vocabulary;

import dev.cloze.annotations.syntax.SpacedPart;
import dev.cloze.annotations.syntax.Spacing;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the compiler knows of a model.
 *
 * @param name as the task names it
 * @param modelType as its {@code config.json} says it: {@code bert}
 * @param longestInput tokens it can read at once, special tokens included; see {@link #longestInput(int)}
 * @param rows the rows of its embedding
 */
public record Backbone(
        String name, Vocabulary vocabulary, Optional<String> modelType, OptionalInt longestInput, OptionalInt rows) {

    /** What it does with a text; nothing where its type is not told, or has no backbone. */
    public Optional<Architecture> architecture() {
        return modelType.flatMap(Architecture::of);
    }

    /** Whether it has a token between two segments; to one that has none their boundary is a line break. */
    public boolean readsSegments() {
        return specialTokens(true) > specialTokens(false);
    }

    /** How it reads the white space of a template. */
    Spacing spacing() {
        return new Spacing(writesBehindInput(), false, vocabulary.addedTokens());
    }

    /** The parts of a template as it reads them, none where the text breaks the grammar. */
    List<SpacedPart> parts(TemplateModel template) {
        List<TemplatePart> written = template.parts().orElse(List.of());
        return spacing().of(readsSegments() ? written : TemplateSyntax.inOneSegment(written));
    }

    /** Whether the word at the mask is one that follows a space, see {@link Spacing#maskFollowsSpace}. */
    public boolean maskFollowsSpace(TemplateModel template) {
        return spacing().maskFollowsSpace(parts(template));
    }

    /**
     * How many special tokens go around one segment, or around and between two. A decoder goes on behind its input, so
     * none ends it; T5 has an end in any case, even where its tokenizer doesn't put it there.
     */
    public int specialTokens(boolean pair) {
        if (writesBehindInput()) {
            return vocabulary.specialTokensAtStart();
        }
        if (isEncoderDecoder() && vocabulary.specialTokensOfSingle() == 0) {
            return pair ? 2 : 1;
        }
        return pair ? vocabulary.specialTokensOfPair() : vocabulary.specialTokensOfSingle();
    }

    /** Whether it writes text, as decoders and encoder-decoders do. */
    public boolean writes() {
        return writesBehindInput() || isEncoderDecoder();
    }

    /**
     * Tokens it can read at once where a task wants so many: an encoder-decoder's positions are relative and have no end, so
     * that only a length that is written exceeds what it was trained on.
     */
    public OptionalInt longestInput(int wanted) {
        return longestInput.isPresent() && isEncoderDecoder()
                ? OptionalInt.of(Math.max(longestInput.getAsInt(), wanted))
                : longestInput;
    }

    private boolean isEncoderDecoder() {
        return architecture().equals(Optional.of(Architecture.ENCODER_DECODER));
    }

    /** Whether what is read and what is then written share the positions there are. */
    public boolean writesBehindInput() {
        return architecture().equals(Optional.of(Architecture.DECODER));
    }
}
