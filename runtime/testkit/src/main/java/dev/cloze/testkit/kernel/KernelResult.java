package dev.cloze.testkit.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.testkit.kernel.Argument.Role;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Runs a sample call as the runtime would, and keeps all that it computes. */
final class KernelResult {

    /** What a list holds after a call, which may have put other tensors into it. */
    private static final KernelSource MEMBERS = new KernelSource("members", """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              def forward(self: __torch__.Kernel,
                  members: List[Tensor]) -> List[Tensor]:
                return members
            """);

    private final NDManager scope;
    private final KernelCall call;
    private final Map<String, Computed> found = new LinkedHashMap<>();
    private final Map<Argument, List<NDArray>> arrays = new LinkedHashMap<>();
    private final Map<Argument, TensorList> lists = new LinkedHashMap<>();

    /** A tensor of a result: its shape, and its numbers as far as they have a meaning. */
    record Computed(long[] shape, Optional<Tensor> numbers) {}

    private KernelResult(NDManager scope, KernelCall call) {
        this.scope = scope;
        this.call = call;
    }

    /**
     * Runs the call: {@code returned} (of a list {@code returned.INDEX}), {@code after.ARGUMENT.INDEX}, {@code
     * gradient.ARGUMENT.INDEX}.
     */
    static Map<String, Computed> of(NDManager memory, Kernel kernel, KernelCall call) {
        try (NDManager scope = memory.newSubManager()) {
            KernelResult result = new KernelResult(scope, call);
            result.run(kernel);
            return result.found;
        }
    }

    private void run(Kernel kernel) {
        try {
            Object[] arguments = arguments();
            if (KernelMethods.returnsList(call.source(), call.method())) {
                keep("returned.", kernel.inferAll(scope, call.method(), arguments));
            } else {
                keep("returned", kernel.infer(scope, call.method(), arguments));
            }
            keepChanged();
            if (call.comparison().gradients()) {
                backward(kernel, arguments);
            }
        } finally {
            lists.values().forEach(TensorList::close);
        }
    }

    private Object[] arguments() {
        Map<Values, NDArray> alike = new IdentityHashMap<>();
        List<Object> arguments = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            // Layers that are alike take the room of one, unless each has gradients of its own.
            boolean shared =
                    argument.role() == Role.WEIGHTS && !call.comparison().gradients();
            List<NDArray> members = argument.tensors().stream()
                    .map(values ->
                            shared ? alike.computeIfAbsent(values, same -> same.array(scope)) : values.array(scope))
                    .toList();
            arrays.put(argument, members);
            if (argument.list()) {
                TensorList list = TensorList.named(argument.name(), members);
                lists.put(argument, list);
                arguments.add(list);
            } else {
                arguments.add(members.get(0));
            }
        }
        return arguments.toArray();
    }

    private void keepChanged() {
        try (Kernel members = Kernel.compile(scope, MEMBERS)) {
            lists.forEach((argument, list) -> {
                if (argument.role() == Role.CHANGED) {
                    keep("after." + argument.name() + ".", members.inferAll(scope, "forward", list));
                }
            });
        }
    }

    private void backward(Kernel kernel, Object[] arguments) {
        List<Argument> weights = call.arguments().stream()
                .filter(argument -> argument.role() == Role.WEIGHTS)
                .toList();
        weights.forEach(argument -> members(argument).stream()
                .filter(array -> array.size() > 0)
                .forEach(array -> array.setRequiresGradient(true)));
        try (Gradients recording = Gradients.record()) {
            NDArray output = kernel.train(scope, call.method(), arguments);
            NDArray loss = output.mul(output).mean();
            loss.attach(scope);
            recording.backward(loss);
        }
        for (Argument argument : weights) {
            List<NDArray> members = members(argument);
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).size() > 0) {
                    NDArray gradient = members.get(i).getGradient();
                    gradient.attach(scope);
                    keep("gradient." + argument.name() + "." + i, gradient);
                }
            }
        }
    }

    private List<NDArray> members(Argument argument) {
        return Objects.requireNonNull(arrays.get(argument));
    }

    private void keep(String prefix, List<NDArray> members) {
        for (int i = 0; i < members.size(); i++) {
            keep(prefix + i, members.get(i));
        }
    }

    private void keep(String name, NDArray array) {
        long[] shape = array.getShape().getShape();
        int filled = call.comparison().filled();
        NDArray meant = shape.length > 2 && filled < shape[2] ? array.get(":, :, :" + filled) : array;
        if (meant.isEmpty()) {
            found.put(name, new Computed(shape, Optional.empty()));
            return;
        }
        // AdamW returns its control vector, in float64; selection returns tokens, which float32 holds too.
        NDArray floats = meant.toType(DataType.FLOAT32, false);
        Tensor numbers = Tensor.of(floats.toFloatArray(), meant.getShape().getShape());
        found.put(name, new Computed(shape, Optional.of(numbers)));
    }
}
