package dev.cloze.runtime.generation;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenSelection;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Writes text after prompts with any backbone that writes. */
public final class TextGenerator {

    private TextGenerator() {}

    /**
     * Writes after each prompt; prompts of like length are written after together.
     *
     * @param ends tokens that end a text
     * @param prompts with at least one token each, special tokens included
     * @param injection what a soft method adds; {@link Injection#NONE} otherwise
     * @return the texts of each prompt, in the order of the prompts
     * @throws ClozeException INPUT_TOO_LONG, GENERATION_EMPTY_PROMPT, GENERATION_OPTION_OUT_OF_RANGE for a forbidden token
     *     the model doesn't know, GENERATION_NOTHING_ALLOWED, GENERATION_NOT_FINITE
     */
    public static List<List<Generated>> generate(
            TextBackbone model,
            Tokenizer tokenizer,
            int[] ends,
            List<int[]> prompts,
            Injection injection,
            GenerationOptions options,
            GenerationListener listener) {
        check(model, prompts, injection);
        IdleOptions.log(options);
        Writing writing = new Writing(
                tokenizer,
                withStopTokens(ends, options.stopWords(), tokenizer),
                options,
                listener,
                TokenSelection.on(model.device()),
                Blocking.of(options, tokenizer, ends, model.shape().vocabularySize()),
                new StopWords(options.stopWords()),
                new Interruption(listener, options.deadline()),
                new ArrayList<>(Collections.nCopies(prompts.size(), List.of())));
        int rows = Math.max(options.beams(), options.sequences());
        for (PromptBatch batch : PromptBatch.of(model, prompts, injection, rows, options.maxTokens())) {
            write(writing, model, batch, prompts, injection);
        }
        return List.copyOf(writing.results());
    }

    /** With the special tokens that are stop words: no text spells one, so that only the token itself shows that it was written. */
    private static int[] withStopTokens(int[] ends, List<String> stopWords, Tokenizer tokenizer) {
        IntStream stops = stopWords.stream().flatMapToInt(word -> tokenizer.specialId(word).stream());
        return IntStream.concat(Arrays.stream(ends), stops).distinct().toArray();
    }

    private static void write(
            Writing writing, TextBackbone model, PromptBatch batch, List<int[]> prompts, Injection injection) {
        FinishReason interrupted = writing.interruption().reason();
        if (interrupted != null) {
            Generated nothing = new Generated("", new int[0], 0, interrupted);
            List<Generated> texts = Collections.nCopies(writing.options().sequences(), nothing);
            Arrays.stream(batch.prompts()).forEach(prompt -> writing.results().set(prompt, texts));
            return;
        }
        List<int[]> tokens =
                Arrays.stream(batch.prompts()).mapToObj(prompts::get).toList();
        List<int[]> before = tokens.stream().map(model::before).toList();
        try (Decoding decoding = model.read(tokens, batch.most(), injection)) {
            if (writing.options().beams() > 1) {
                BeamSearch.write(writing, batch, decoding, before);
            } else {
                LineByLine.write(writing, batch, decoding, tokens, before);
            }
        }
    }

    /** All of them before anything is written, so that none is written in vain. */
    private static void check(TextBackbone model, List<int[]> prompts, Injection injection) {
        for (int i = 0; i < prompts.size(); i++) {
            int length = prompts.get(i).length;
            if (length == 0) {
                throw new ClozeException(Problem.GENERATION_EMPTY_PROMPT, """
                        Prompt %d has no tokens, so that there is nothing to go on from.
                          The text is empty, and the model puts no special token before a text.
                          Begin with a word.""".formatted(i));
            }
            if (model.room(length + injection.firstPosition()) < 1) {
                throw new ClozeException(Problem.INPUT_TOO_LONG, tooLong(model, i, length, injection.firstPosition()));
            }
        }
    }

    private static String tooLong(TextBackbone model, int prompt, int length, int prefix) {
        int positions = model.shape().maxLength();
        return "Prompt " + prompt + " has " + length
                + " tokens, after which the model has no position left to write at.\n  "
                + "It has " + positions + (prefix == 0 ? "." : ", of which a prefix takes " + prefix + ".")
                + "\n  Shorten the prompt to fewer than " + (positions - prefix) + " tokens.";
    }
}
