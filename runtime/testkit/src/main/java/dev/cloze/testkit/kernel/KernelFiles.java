package dev.cloze.testkit.kernel;

import ai.djl.ndarray.NDManager;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.Libtorch;
import dev.cloze.runtime.engine.NativeMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The files of an export: for each archive {@code NAME.pt} (TorchScript; besides {@code NAME.cpu.pt} where the CPU runs
 * something else), {@code NAME.safetensors} (inputs and what the CPU computed), and {@code kernels.json}, which says how each
 * call's arguments are put together.
 */
public final class KernelFiles {

    private final Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();

    /** Under which key numbers are written, once for all calls of an archive that share them. */
    private final Map<Values, String> keys = new IdentityHashMap<>();

    private final JsonArray calls = new JsonArray();

    private KernelFiles() {}

    /** Runs the calls on the CPU and writes them. */
    public static void write(Path folder, List<KernelCall> calls) {
        KernelFiles files = new KernelFiles();
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU)) {
            Files.createDirectories(folder);
            for (KernelCall call : calls) {
                writeForms(folder, call);
                files.add(memory, call, files.tensors.computeIfAbsent(call.archive(), name -> new LinkedHashMap<>()));
            }
            files.tensors.forEach((archive, content) ->
                    SafetensorsWriter.write(folder.resolve(archive + ".safetensors"), content, Map.of()));
            JsonObject index = new JsonObject();
            index.addProperty("libtorch", Libtorch.VERSION);
            index.add("calls", files.calls);
            Files.writeString(
                    folder.resolve("kernels.json"),
                    new GsonBuilder().setPrettyPrinting().create().toJson(index) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeForms(Path folder, KernelCall call) throws IOException {
        Files.write(folder.resolve(call.archive() + ".pt"), call.elsewhere().pack());
        if (!call.source().equals(call.elsewhere())) {
            Files.write(
                    folder.resolve(call.archive() + ".cpu.pt"), call.source().pack());
        }
    }

    private void add(NDManager memory, KernelCall call, Map<String, Tensor> content) {
        JsonArray arguments = new JsonArray();
        call.arguments().forEach(argument -> arguments.add(describe(call, argument, content)));
        JsonObject expected = new JsonObject();
        try (Kernel kernel = Kernel.compile(memory, call.source())) {
            KernelResult.of(memory, kernel, call).forEach((name, computed) -> {
                JsonObject entry = new JsonObject();
                entry.add("shape", array(computed.shape()));
                computed.numbers().ifPresent(numbers -> {
                    String key = call.name() + ".expected." + name;
                    content.put(key, numbers);
                    entry.addProperty("key", key);
                });
                expected.add(name, entry);
            });
        }
        JsonObject json = new JsonObject();
        json.addProperty("archive", call.archive());
        json.addProperty("name", call.name());
        json.addProperty("method", call.method());
        json.addProperty("bf16", call.comparison().bf16());
        if (call.comparison().apart() >= 0) {
            json.addProperty("apart", call.comparison().apart());
        }
        json.add("arguments", arguments);
        json.add("expected", expected);
        calls.add(json);
    }

    private JsonObject describe(KernelCall call, Argument argument, Map<String, Tensor> content) {
        JsonObject json = new JsonObject();
        json.addProperty("name", argument.name());
        json.addProperty("list", argument.list());
        json.addProperty("role", argument.role().name());
        JsonArray members = new JsonArray();
        for (int i = 0; i < argument.tensors().size(); i++) {
            // Weights are the same in all calls of an archive, and written once.
            String owner = argument.role() == Argument.Role.WEIGHTS ? "weights" : call.name();
            members.add(describe(
                    owner + "." + argument.name() + "." + i, argument.tensors().get(i), content));
        }
        json.add("tensors", members);
        return json;
    }

    private JsonObject describe(String name, Values values, Map<String, Tensor> content) {
        JsonObject json = new JsonObject();
        if (values instanceof Values.Floats floats) {
            String key = keys.computeIfAbsent(floats, first -> name);
            json.addProperty("dtype", "float32");
            json.addProperty("key", key);
            content.put(key, Tensor.of(floats.numbers(), floats.shape()));
        } else if (values instanceof Values.Numbers numbers) {
            boolean whole = numbers.type() != Values.Numbers.Type.FLOAT64;
            json.addProperty("dtype", numbers.type().name().toLowerCase(Locale.ROOT));
            json.add("shape", array(numbers.shape()));
            json.add("values", whole ? array(longs(numbers.numbers())) : array(numbers.numbers()));
        }
        return json;
    }

    private static long[] longs(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(number -> (long) number).toArray();
    }

    private static JsonArray array(long[] numbers) {
        JsonArray array = new JsonArray();
        Arrays.stream(numbers).forEach(array::add);
        return array;
    }

    private static JsonArray array(double[] numbers) {
        JsonArray array = new JsonArray();
        Arrays.stream(numbers).forEach(array::add);
        return array;
    }
}
