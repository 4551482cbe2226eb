package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chooses the tokens that follow, in one native call that brings back a few numbers a row. There is one for each device,
 * for all threads and as long as the JVM runs.
 */
public final class TokenSelection {

    private static final Map<ComputeDevice, TokenSelection> OPEN = new ConcurrentHashMap<>();

    private final Kernel kernel;

    private TokenSelection(ComputeDevice device) {
        this.kernel = Kernel.compile(NativeMemory.open(device), KernelSource.read("selection", Map.of()));
    }

    /** The one of that device. */
    public static TokenSelection on(ComputeDevice device) {
        return OPEN.computeIfAbsent(device, TokenSelection::new);
    }

    /**
     * The most probable token of each row.
     *
     * @throws ClozeException GENERATION_NOT_FINITE
     */
    public TokenChoices likeliest(Decoding decoding, Blocked blocked) {
        return choices("likeliest", decoding, blocked);
    }

    /**
     * One token drawn for each of these rows; a row may stand there several times.
     *
     * @param blocked its rows are places in {@code rows}
     * @param shares a number from 0 to below 1 for each: equal numbers draw equal tokens
     * @throws ClozeException GENERATION_NOT_FINITE
     */
    public TokenChoices drawn(Decoding decoding, int[] rows, Blocked blocked, TokenDrawing drawing, double[] shares) {
        double[] numbers = new double[4 + 2 * rows.length];
        numbers[0] = drawing.temperature();
        numbers[1] = drawing.topK();
        numbers[2] = drawing.topP();
        numbers[3] = rows.length;
        System.arraycopy(shares, 0, numbers, 4, rows.length);
        for (int r = 0; r < rows.length; r++) {
            numbers[4 + rows.length + r] = rows[r];
        }
        return choices("drawn", decoding, blocked, numbers);
    }

    /**
     * The best continuations of each prompt's rows.
     *
     * @param prompts how many prompts the rows belong to
     * @param sums the log-probabilities of each row's tokens so far
     * @param count how many are wanted for each prompt; there are fewer where rows and vocabulary have no more
     * @throws ClozeException GENERATION_NOT_FINITE
     */
    public Continuations best(Decoding decoding, int prompts, float[] sums, int count, Blocked blocked) {
        double[] numbers = new double[2 + sums.length];
        numbers[0] = prompts;
        numbers[1] = count;
        for (int r = 0; r < sums.length; r++) {
            numbers[2 + r] = sums[r];
        }
        double[] flat = call("best", decoding, blocked, numbers);
        int all = flat.length / 3;
        Continuations best = new Continuations(all / prompts, new float[all], new int[all], new int[all]);
        for (int i = 0; i < all; i++) {
            requireNumber(flat[i]);
            best.sums()[i] = (float) flat[i];
            best.rows()[i] = (int) flat[all + i];
            best.tokens()[i] = (int) flat[2 * all + i];
        }
        return best;
    }

    private TokenChoices choices(String method, Decoding decoding, Blocked blocked, double... numbers) {
        double[] flat = call(method, decoding, blocked, numbers);
        TokenChoices choices = new TokenChoices(new int[flat.length / 3], new double[flat.length / 3]);
        for (int r = 0; r < choices.tokens().length; r++) {
            requireNumber(Double.isInfinite(flat[3 * r + 2]) ? Double.NaN : flat[3 * r + 2]);
            choices.tokens()[r] = (int) flat[3 * r];
            choices.logProbabilities()[r] = flat[3 * r + 1];
        }
        return choices;
    }

    private double[] call(String method, Decoding decoding, Blocked blocked, double... numbers) {
        NDArray logits = decoding.logits();
        try (NDManager scope = logits.getManager().newSubManager()) {
            NDArray control =
                    Control.of(scope, control(blocked, logits.getShape().get(1), numbers));
            return kernel.infer(scope, method, logits, control).toDoubleArray();
        }
    }

    private static double[] control(Blocked blocked, long vocabulary, double... numbers) {
        int everywhere = blocked.everywhere().length;
        int places = blocked.rows().length;
        double[] control = new double[2 + numbers.length + everywhere + places];
        control[0] = everywhere;
        control[1] = places;
        System.arraycopy(numbers, 0, control, 2, numbers.length);
        int at = 2 + numbers.length;
        for (int token : blocked.everywhere()) {
            control[at++] = token;
        }
        for (int i = 0; i < places; i++) {
            control[at++] = blocked.rows()[i] * (double) vocabulary + blocked.tokens()[i];
        }
        return control;
    }

    private static void requireNumber(double value) {
        if (Double.isNaN(value)) {
            throw new ClozeException(Problem.GENERATION_NOT_FINITE, """
                    The model says nothing about the next token: its scores are not numbers.
                      Its weights, or what was trained on top of them, are NaN or infinite, or overflow on this text.
                      Check the checkpoint; if it is your own, train it again with a smaller learning rate.""");
        }
    }
}
