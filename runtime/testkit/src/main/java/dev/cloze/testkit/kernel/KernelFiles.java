package dev.cloze.testkit.kernel;

import ai.djl.ndarray.NDManager;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.Libtorch;
import dev.cloze.runtime.engine.NativeMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of an export: for each archive {@code NAME.pt} (TorchScript) and {@code NAME.safetensors} (inputs and what
 * the CPU computed), and {@code kernels.json}, which says how each call's arguments are put together.
 */
public final class KernelFiles {

    private final Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
    private final JsonArray calls = new JsonArray();

    private KernelFiles() {}

    /** Runs the calls on the CPU and writes them. */
    public static void write(Path folder, List<KernelCall> calls) {
        KernelFiles files = new KernelFiles();
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU)) {
            Files.createDirectories(folder);
            for (KernelCall call : calls) {
                if (!files.tensors.containsKey(call.archive())) {
                    Files.write(
                            folder.resolve(call.archive() + ".pt"),
                            call.source().pack());
                    files.tensors.put(call.archive(), new LinkedHashMap<>());
                }
                files.add(memory, call);
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

    private void add(NDManager memory, KernelCall call) {
        Map<String, Tensor> content = tensors.get(call.archive());
        JsonArray arguments = new JsonArray();
        call.arguments().forEach(argument -> arguments.add(describe(call, argument, content)));
        JsonObject expected = new JsonObject();
        try (Kernel kernel = Kernel.compile(memory, call.source())) {
            KernelResult.of(memory, kernel, call).forEach((name, tensor) -> {
                String key = call.name() + ".expected." + name;
                content.put(key, tensor);
                expected.addProperty(name, key);
            });
        }
        JsonObject json = new JsonObject();
        json.addProperty("archive", call.archive());
        json.addProperty("name", call.name());
        json.addProperty("method", call.method());
        json.addProperty("bf16", call.bf16());
        json.add("arguments", arguments);
        json.add("expected", expected);
        calls.add(json);
    }

    private static JsonObject describe(KernelCall call, Argument argument, Map<String, Tensor> content) {
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

    private static JsonObject describe(String key, Values values, Map<String, Tensor> content) {
        JsonObject json = new JsonObject();
        if (values instanceof Values.Floats floats) {
            json.addProperty("dtype", "float32");
            json.addProperty("key", key);
            content.put(key, Tensor.of(floats.numbers(), floats.shape()));
        } else if (values instanceof Values.Numbers numbers) {
            json.addProperty("dtype", numbers.type().name().toLowerCase(java.util.Locale.ROOT));
            json.add(
                    "shape",
                    array(
                            java.util.Arrays.stream(numbers.shape())
                                    .asDoubleStream()
                                    .toArray(),
                            true));
            json.add("values", array(numbers.numbers(), numbers.type() != Values.Numbers.Type.FLOAT64));
        }
        return json;
    }

    private static JsonArray array(double[] numbers, boolean whole) {
        JsonArray array = new JsonArray();
        for (double number : numbers) {
            if (whole) {
                array.add((long) number);
            } else {
                array.add(number);
            }
        }
        return array;
    }
}
