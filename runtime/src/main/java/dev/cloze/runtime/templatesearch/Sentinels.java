package dev.cloze.runtime.templatesearch;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.model.BackboneTokens;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tokens of a T5 that say where a span begins and ends, and those that a template is never made of.
 *
 * @param first what stands for the first span where it is read, and begins it where it is written
 * @param second the same of the second span; where it is written it ends the first
 * @param third what ends the second span
 * @param end what ends a text, which ends a span too
 * @param forbidden tokens that are never written: a space alone and long rows of full stops
 * @param fullStop which is never written twice in a row; -1 where there is none
 */
record Sentinels(int first, int second, int third, int end, Set<Integer> forbidden, int fullStop) {

    /** What the ids 3, 19794 and 22354 of T5's vocabulary spell, which the authors' code forbids by number; and GPT-2's space. */
    private static final List<String> FORBIDDEN = List.of("▁", "........", "................", "Ġ");

    /**
     * Those of this model.
     *
     * @throws ClozeException {@code MODEL_UNSUPPORTED} where it is no T5
     */
    static Sentinels of(LanguageModel model) {
        Tokenizer tokenizer = model.tokenizer();
        int[] ends = model.textEnds();
        if (model.backbone().kind() != BackboneKind.ENCODER_DECODER
                || BackboneTokens.sentinel(tokenizer, 2).isEmpty()
                || ends.length == 0) {
            throw new ClozeException(
                    Problem.MODEL_UNSUPPORTED,
                    "Templates are written by a T5, and \"" + model.folder().name() + "\" is none."
                            + "\n  It takes a model that was pretrained to write the spans that <extra_id_0> and <extra_id_1>"
                            + " stand for: T5, T5 1.1, mT5 and their like."
                            + "\n  Name such a model: TemplateSearch.with(\"t5-base\"). The model that is tuned stays the task's.");
        }
        return of(tokenizer, ends[0]);
    }

    /** Those of a vocabulary that has them. */
    static Sentinels of(Tokenizer tokenizer, int end) {
        Set<Integer> forbidden = new TreeSet<>();
        FORBIDDEN.forEach(piece -> tokenizer.id(piece).ifPresent(forbidden::add));
        return new Sentinels(
                id(tokenizer, 0),
                id(tokenizer, 1),
                id(tokenizer, 2),
                end,
                forbidden,
                tokenizer.id(".").orElse(-1));
    }

    private static int id(Tokenizer tokenizer, int number) {
        return BackboneTokens.sentinel(tokenizer, number).orElseThrow();
    }

    /** Whether a token ends a span, the first or the second. */
    boolean ends(int token, int span) {
        return token == end || token == (span == 1 ? second : third);
    }
}
