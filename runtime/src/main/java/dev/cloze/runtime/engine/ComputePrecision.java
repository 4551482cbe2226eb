package dev.cloze.runtime.engine;

import dev.cloze.annotations.Precision;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Locale;
import java.util.Optional;

/**
 * In which numbers a model's layers multiply.
 *
 * <p>Embeddings, and what is said of words and labels, are float32 in any case; layer norms and softmax add up in float32.
 */
public enum ComputePrecision {
    /** 24 bits of each number count. */
    FLOAT32("float32", 6),
    /** 8 bits of each number count, in half the memory; fast where the processor has AMX, Arm's instructions, or AMD's for it. */
    BFLOAT16("bfloat16", 15);

    /** The system property that chooses for all models: {@code float32}, {@code bfloat16} or {@code auto}. */
    public static final String PROPERTY = "cloze.precision";

    private final String text;
    private final int type;

    ComputePrecision(String text, int type) {
        this.text = text;
        this.type = type;
    }

    /**
     * That of a task's model on the device that is chosen: what the property {@value #PROPERTY} says, or else the task, or else float32.
     *
     * @param asked by the task
     * @throws ClozeException PRECISION_UNAVAILABLE if the property's name means nothing or the device has no such products
     */
    public static ComputePrecision of(Optional<Precision> asked) {
        return name(asked).strip().equalsIgnoreCase(FLOAT32.text)
                ? FLOAT32
                : ComputeDevice.chosen(asked).precision();
    }

    private static String name(Optional<Precision> asked) {
        String property = System.getProperty(PROPERTY);
        return property == null ? asked.map(Enum::name).orElse(FLOAT32.text) : property;
    }

    /** The same on that device. */
    static ComputePrecision chosen(ComputeDevice device, Optional<Precision> asked) {
        String name = name(asked);
        return parse(name, device, device.isCpu() && InstructionSet.isFastInBfloat16(), OneDnn.hasBfloat16(device));
    }

    /**
     * @param fast whether the device multiplies bfloat16 faster than float32
     * @param there whether it can multiply so at all
     */
    static ComputePrecision parse(String name, ComputeDevice device, boolean fast, boolean there) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "float32" -> FLOAT32;
            case "auto" -> fast && there ? BFLOAT16 : FLOAT32;
            case "bfloat16" -> {
                if (!there) {
                    throw new ClozeException(
                            Problem.PRECISION_UNAVAILABLE,
                            device
                                    + " has no products in bfloat16.\n  Here they are oneDNN's, on a processor with AVX-512 or"
                                    + " Arm's bf16.\n  Ask for AUTO, which takes bfloat16 where it is fast; the system property "
                                    + PROPERTY
                                    + " (float32, auto) wins over what a task or a saved pipeline asks for.");
                }
                yield BFLOAT16;
            }
            default ->
                throw new ClozeException(
                        Problem.PRECISION_UNAVAILABLE,
                        "There is no precision \"" + name + "\".\n  There are float32, bfloat16 and auto.\n  Set "
                                + PROPERTY + " to one of these.");
        };
    }

    /** Whether that device multiplies in bfloat16 at all. */
    public static boolean isThere(ComputeDevice device) {
        return OneDnn.hasBfloat16(device);
    }

    /** libtorch's number of the type, for kernels. */
    public int type() {
        return type;
    }

    @Override
    public String toString() {
        return text;
    }
}
