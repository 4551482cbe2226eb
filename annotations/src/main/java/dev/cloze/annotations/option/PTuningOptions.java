package dev.cloze.annotations.option;

import dev.cloze.annotations.PTuning;
import dev.cloze.annotations.TuningMethod;
import java.util.List;

/** The options of P-tuning alone. Defaults: Liu et al. 2021, arXiv 2103.10385, and its code. */
public final class PTuningOptions {

    /** The network. */
    public static final Option<PTuning.Encoder> ENCODER = Option.<PTuning.Encoder>of(
                    "encoder",
                    PTuning.Encoder.class,
                    PTuning.Encoder.LSTM,
                    Range.any("LSTM, MLP or NONE"),
                    "The network that gives the virtual tokens' vectors in training.")
            .of(row -> row.method() == TuningMethod.P_TUNING);

    /** Its width. */
    public static final Option<Integer> HIDDEN_SIZE = Option.<Integer>of(
                    "hiddenSize",
                    Integer.class,
                    null,
                    Range.between(1, 8192),
                    "Numbers of its LSTM's state in each direction, or between its linear layers.")
            .onlyIf(
                    others -> others.get(ENCODER) != PTuning.Encoder.NONE,
                    "encoder is NONE, so that there is no network to be so wide.")
            .of(row -> row.method() == TuningMethod.P_TUNING);

    /** The rate of what is tuned with the prompt. */
    public static final Option<Double> BACKBONE_LEARNING_RATE = Option.<Double>of(
                    "backboneLearningRate",
                    Double.class,
                    null,
                    Range.aboveZeroTo(1),
                    "The peak learning rate of the language model's own weights where they are tuned too.")
            .onlyIf(
                    others -> !others.get(TuningOptions.FREEZE_BACKBONE),
                    "freezeBackbone is true, so that the model's weights stay as they are.")
            .of(row -> row.method() == TuningMethod.P_TUNING);

    /** All of them, in the order of their page. */
    public static final List<Option<?>> ALL = List.of(ENCODER, HIDDEN_SIZE, BACKBONE_LEARNING_RATE);

    private PTuningOptions() {}
}
