package dev.cloze.annotations.option;

import dev.cloze.annotations.FineTuning;
import dev.cloze.annotations.PTuningV2;
import dev.cloze.annotations.PrefixTuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import java.util.List;

/** The options that {@link PrefixTuning} and {@link PTuningV2} have, by the names of their members. */
public final class PrefixOptions {

    private static final String NETWORK = "Whether a small network gives keys and values while they are trained.";

    /** Whether a network gives keys and values in prefix tuning. */
    public static final Option<Boolean> REPARAMETRIZED = Option.<Boolean>of(
                    "reparametrized", Boolean.class, true, Range.any("true or false"), NETWORK)
            .of(row -> row.method() == TuningMethod.PREFIX_TUNING);

    /** Whether a network gives keys and values in P-tuning v2. */
    public static final Option<Boolean> DEEP_REPARAMETRIZED = Option.<Boolean>of(
                    "reparametrized", Boolean.class, false, Range.any("true or false"), NETWORK)
            .of(row -> row.method() == TuningMethod.P_TUNING_V2);

    /** The middle width of the network of prefix tuning. */
    public static final Option<Integer> MIDDLE_SIZE = middle(REPARAMETRIZED, TuningMethod.PREFIX_TUNING);

    /** The middle width of that of P-tuning v2. */
    public static final Option<Integer> DEEP_MIDDLE_SIZE = middle(DEEP_REPARAMETRIZED, TuningMethod.P_TUNING_V2);

    /** What prefixes start from. */
    public static final Option<String> INITIAL_TEXT = Option.<String>of(
                    "initialText",
                    String.class,
                    null,
                    Range.any("a text"),
                    "A text whose own keys and values a decoder's prefixes start from, a place a token; at random if"
                            + " left out.")
            .of(row -> row.method() == TuningMethod.PREFIX_TUNING);

    /** Which hidden states the head of P-tuning v2 reads. */
    public static final Option<FineTuning.Pooling> POOLING = Option.<FineTuning.Pooling>of(
                    "pooling",
                    FineTuning.Pooling.class,
                    FineTuning.Pooling.PUBLISHED,
                    Range.any("PUBLISHED or MEAN"),
                    "Which hidden states stand for a text: as the model's published classifiers read it, or their"
                            + " mean.")
            .of(row -> row.method() == TuningMethod.P_TUNING_V2 && row.kind() != TaskKind.EXTRACTION);

    /** Those of prefix tuning, in the order of the pages. */
    public static final List<Option<?>> ALL = List.of(REPARAMETRIZED, MIDDLE_SIZE, INITIAL_TEXT);

    /** Those of P-tuning v2, in the order of the pages. */
    public static final List<Option<?>> DEEP_ALL = List.of(DEEP_REPARAMETRIZED, DEEP_MIDDLE_SIZE, POOLING);

    /** Places of a prefix in prefix tuning where nobody says how many, as the paper has for tables. */
    public static final int USUAL_LENGTH = 10;

    /** The same in P-tuning v2, whose paper has some 20 for short texts. */
    public static final int DEEP_USUAL_LENGTH = 20;

    private PrefixOptions() {}

    private static Option<Integer> middle(Option<Boolean> reparametrized, TuningMethod method) {
        return Option.<Integer>of(
                        "middleSize", Integer.class, 512, Range.between(1, 16_384), "The middle width of that network.")
                .onlyIf(
                        others -> others.get(reparametrized),
                        "reparametrized is false, so that there is no network to be so wide.")
                .of(row -> row.method() == method);
    }
}
