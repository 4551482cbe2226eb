package dev.cloze.runtime.tuning.candidate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabeledSpan;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SpanValues;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskExamples;
import dev.cloze.runtime.tuning.mask.MaskTargets;
import java.util.List;

/** Examples with spans as questions that are answered at the mask. */
public final class CandidateExamples {

    private CandidateExamples() {}

    /** Examples to learn from, and others to choose by. */
    public static MaskData of(CandidateReading reading, SpanValues train, SpanValues dev) {
        return new MaskData() {
            @Override
            public boolean withoutDev() {
                return dev.isEmpty();
            }

            @Override
            public MaskExamples train(CompiledTask task, LanguageModel model, TrainingOptions options) {
                return CandidateExamples.train(reading, train, options.seed());
            }

            @Override
            public MaskExamples dev(CompiledTask task, LanguageModel model) {
                return CandidateExamples.dev(reading, dev);
            }
        };
    }

    /**
     * What is learned from them.
     *
     * @param seed by which spans without a label are drawn
     * @throws ClozeException {@code SPAN_TOO_LONG}, {@code TRAINING_TOO_FEW_EXAMPLES} where there is no word to ask about
     */
    private static MaskExamples train(CandidateReading reading, SpanValues examples, long seed) {
        LabeledValues learned = new AskedSpans(reading).learned(examples, seed);
        if (learned.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "No training example has a text with a word in it.\n  Give at least one input with its spans.");
        }
        return MaskExamples.of(learned, LabelLoss.CROSS_ENTROPY);
    }

    /** All questions about them, measured by the spans that the answers make. */
    private static MaskExamples dev(CandidateReading reading, SpanValues examples) {
        AskedSpans asked = new AskedSpans(reading);
        AskedSpans.Questions questions = asked.all(examples.inputs());
        return new MaskExamples(questions.values(), new Measured(asked, questions, examples));
    }

    /** Only measured, never learned from. */
    private record Measured(AskedSpans asked, AskedSpans.Questions questions, SpanValues examples)
            implements MaskTargets {

        @Override
        public NDArray loss(NDManager scope, Kernel kernel, NDArray scores, int[] members, double factor) {
            throw new IllegalStateException("development examples are not learned from");
        }

        @Override
        public double score(List<LabelAnswer> answers) {
            return examples.f1(asked.spans(questions, answers));
        }

        @Override
        public String metric() {
            return "dev span F1";
        }

        @Override
        public String hash(List<EncodedText> texts) {
            DataHash hash = new DataHash();
            for (EncodedText text : texts) {
                hash.add(text.length());
                hash.add(text.ids());
                hash.add(text.segmentIds());
            }
            for (List<LabeledSpan> spans : examples.spans()) {
                hash.add(spans.size());
                spans.forEach(span -> hash.add(span.start(), span.end(), span.label()));
            }
            return hash.hex();
        }
    }
}
