package dev.cloze.runtime.text;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.generation.TextGenerator;
import dev.cloze.runtime.template.EncodedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes texts for inputs. */
public final class TextWriter<I> {

    private final TextSession<I> session;

    /** A writer of this session, which stays open while it is used. */
    public TextWriter(TextSession<I> session) {
        this.session = session;
    }

    /** The texts of one input, the best first; the listener hears the first of them. */
    public List<Generated> write(@Nullable I input, GenerationOptions options, GenerationListener listener) {
        GenerationListener heard =
                listener == GenerationListener.NONE ? GenerationListener.NONE : new TrimmedListener(listener);
        return generate(List.of(session.compiled().prompt(input)), options, heard)
                .get(0);
    }

    /** The texts of each input, in the inputs' order. */
    public List<List<Generated>> write(List<? extends @Nullable I> inputs, GenerationOptions options) {
        List<EncodedText> prompts =
                inputs.stream().map(input -> session.compiled().prompt(input)).toList();
        return generate(prompts, options, GenerationListener.NONE);
    }

    private List<List<Generated>> generate(
            List<EncodedText> prompts, GenerationOptions options, GenerationListener listener) {
        List<int[]> tokens = prompts.stream().map(EncodedText::ids).toList();
        return TextGenerator.generate(
                        session.backbone(), session.model().tokenizer(), tokens, Injection.NONE, options, listener)
                .stream()
                .map(TextWriter::trimmed)
                .toList();
    }

    /** Without the space that joins a text to its prompt. */
    private static List<Generated> trimmed(List<Generated> texts) {
        return texts.stream()
                .map(text ->
                        new Generated(text.text().stripLeading(), text.ids(), text.logProbability(), text.reason()))
                .toList();
    }
}
