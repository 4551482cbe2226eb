package dev.cloze.runtime.tuning.cloze;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.metric.Ranks;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.loop.ExampleHash;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskExamples;
import dev.cloze.runtime.tuning.mask.MaskTargets;
import java.util.Arrays;
import java.util.List;

/**
 * One word for each example; the score is the mean reciprocal rank.
 *
 * <p>The loss is the cross-entropy over the candidates, or, of an open vocabulary, over all tokens of the model, as masked
 * language models are pretrained and as P-tuning's code has it on LAMA (Liu et al. 2021, arXiv 2103.10385, section 4.1).
 *
 * @param answers the place of each example's word
 * @param open whether the scores are log-probabilities over all tokens rather than to be compared with one another
 */
record WordTargets(int[] answers, boolean open) implements MaskTargets {

    /**
     * Examples of a compiled task.
     *
     * @param kind what to call them: {@code "training example"}
     * @throws ClozeException {@code CANDIDATE_UNKNOWN} where the answer of one is none of the words
     */
    public static MaskExamples of(AnsweredValues examples, CompiledTask task, LanguageModel model, String kind) {
        int[] answers = new int[examples.answers().size()];
        for (int i = 0; i < answers.length; i++) {
            String answer = examples.answers().get(i);
            int number = i + 1;
            answers[i] = task.labelOf(answer, model)
                    .orElseThrow(() -> new ClozeException(
                            Problem.CANDIDATE_UNKNOWN,
                            "The answer of " + kind + " " + number + ", \"" + answer + "\", is "
                                    + (task.verbalizer().isOpen()
                                            ? "not one token of "
                                                    + model.folder().name()
                                                    + ", whose whole words are ranked.\n"
                                                    + "  Write it among @Candidates({...}), where words may be of"
                                                    + " several tokens,"
                                            : "none of the candidates.\n  Write it among @Candidates,")
                                    + " or leave the example out: trainer.answerable(examples) gives the others."));
        }
        return new MaskExamples(
                examples.inputs(), new WordTargets(answers, task.verbalizer().isOpen()));
    }

    @Override
    public NDArray loss(NDManager scope, Kernel kernel, NDArray scores, int[] members, double factor) {
        NDArray right =
                scope.create(Arrays.stream(members).mapToLong(i -> answers[i]).toArray()); // (B,)
        if (open) {
            NDArray losses = scores.gather(right.reshape(-1, 1), 1).neg(); // (B, 1)
            return kernel.train(scope, "total", losses, Control.of(scope, factor / members.length));
        }
        return kernel.train(scope, "loss", scores, right, Control.of(scope, factor));
    }

    @Override
    public double score(List<LabelAnswer> given) {
        int[] ranks = new int[answers.length];
        Arrays.setAll(ranks, i -> Ranks.of(answers[i], given.get(i).scores()));
        return Ranks.meanReciprocal(ranks);
    }

    @Override
    public String metric() {
        return "dev MRR";
    }

    @Override
    public String hash(List<EncodedText> texts) {
        return ExampleHash.of(texts, answers);
    }
}
