package dev.cloze.runtime.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.cloze.annotations.Precision;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model runs, {@code cpu} or {@code gpu:N}, and in which numbers its layers multiply there.
 *
 * @param gpu the GPU's number from 0, or -1 for the CPU
 * @param precision of products
 */
public record ComputeDevice(int gpu, ComputePrecision precision) {

    /** The CPU. */
    public static final ComputeDevice CPU = new ComputeDevice(-1);

    /** The system property that chooses the device: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}. */
    public static final String PROPERTY = "cloze.device";

    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

    /** A device that multiplies in float32. */
    public ComputeDevice(int gpu) {
        this(gpu, ComputePrecision.FLOAT32);
    }

    /** The device the property {@value #PROPERTY} chooses, {@code auto} without it, at the precision of the process. */
    public static ComputeDevice chosen() {
        return chosen(Optional.empty());
    }

    /** The same at the precision that a task asks for, unless the process has one. */
    public static ComputeDevice chosen(Optional<Precision> asked) {
        ComputeDevice device = parse(System.getProperty(PROPERTY, "auto"));
        Threads.requireUnchanged();
        return device.at(ComputePrecision.chosen(device, asked));
    }

    /**
     * The device of that name; {@code auto} is the first GPU if there is one, otherwise the CPU.
     *
     * @throws ClozeException DEVICE_UNAVAILABLE if the name means nothing or there is no such device
     */
    public static ComputeDevice parse(String name) {
        return parse(name, gpuCount());
    }

    static ComputeDevice parse(String name, int gpus) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("auto")) {
            return gpus > 0 ? new ComputeDevice(0) : CPU;
        }
        if (wanted.equals("cpu")) {
            return CPU;
        }
        Matcher matcher = GPU.matcher(wanted);
        if (matcher.matches()) {
            int number = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
            if (number < gpus) {
                return new ComputeDevice(number);
            }
        }
        throw new ClozeException(
                Problem.DEVICE_UNAVAILABLE,
                "There is no device \"" + name + "\".\n  This machine has: " + String.join(", ", names(gpus))
                        + ".\n  Set " + PROPERTY + " to one of these, or to auto.");
    }

    /** The names of all devices of this machine, the CPU first. */
    public static List<String> available() {
        return names(gpuCount());
    }

    private static List<String> names(int gpus) {
        List<String> names = new ArrayList<>(List.of("cpu"));
        for (int i = 0; i < gpus; i++) {
            names.add("gpu:" + i);
        }
        return names;
    }

    private static int gpuCount() {
        return torch().getGpuCount();
    }

    private static Engine torch() {
        return Libtorch.engine();
    }

    /** The same at that precision. */
    public ComputeDevice at(ComputePrecision other) {
        return new ComputeDevice(gpu, other);
    }

    /** Whether it is the CPU. */
    public boolean isCpu() {
        return gpu < 0;
    }

    Device djl() {
        return gpu < 0 ? Device.cpu() : Device.gpu(gpu);
    }

    @Override
    public String toString() {
        return gpu < 0 ? "cpu" : "gpu:" + gpu;
    }
}
