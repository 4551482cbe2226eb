package dev.cloze.testkit.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.testkit.kernel.Argument.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a sample call as the runtime would, and keeps all that it computes. */
final class KernelResult {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private KernelResult() {}

    /** Runs the call: {@code returned}, {@code after.ARGUMENT.INDEX}, {@code gradient.ARGUMENT.INDEX}. */
    static Map<String, Tensor> of(NDManager memory, Kernel kernel, KernelCall call) {
        KernelResult result = new KernelResult();
        try (NDManager scope = memory.newSubManager()) {
            result.run(scope, kernel, call);
        }
        return result.tensors;
    }

    private void run(NDManager scope, Kernel kernel, KernelCall call) {
        Map<Argument, List<NDArray>> arrays = new LinkedHashMap<>();
        List<TensorList> lists = new ArrayList<>();
        Object[] arguments = new Object[call.arguments().size()];
        try {
            for (int i = 0; i < arguments.length; i++) {
                Argument argument = call.arguments().get(i);
                List<NDArray> members =
                        argument.tensors().stream().map(v -> v.array(scope)).toList();
                arrays.put(argument, members);
                if (argument.list()) {
                    TensorList list = TensorList.named(argument.name(), members);
                    lists.add(list);
                    arguments[i] = list;
                } else {
                    arguments[i] = members.get(0);
                }
            }
            keep("returned", kernel.infer(scope, call.method(), arguments));
            arrays.forEach((argument, members) -> keepChanged(argument, members));
            if (call.gradients()) {
                backward(scope, kernel, call, arguments, arrays);
            }
        } finally {
            lists.forEach(TensorList::close);
        }
    }

    private void keepChanged(Argument argument, List<NDArray> members) {
        if (argument.role() == Role.CHANGED) {
            for (int i = 0; i < members.size(); i++) {
                keep("after." + argument.name() + "." + i, members.get(i));
            }
        }
    }

    private void backward(
            NDManager scope, Kernel kernel, KernelCall call, Object[] arguments, Map<Argument, List<NDArray>> arrays) {
        List<Argument> weights = call.arguments().stream()
                .filter(argument -> argument.role() == Role.WEIGHTS)
                .toList();
        weights.forEach(argument -> arrays.get(argument).stream()
                .filter(array -> array.size() > 0)
                .forEach(array -> array.setRequiresGradient(true)));
        try (Gradients recording = Gradients.record()) {
            NDArray output = kernel.train(scope, call.method(), arguments);
            NDArray loss = output.mul(output).mean();
            loss.attach(scope);
            recording.backward(loss);
        }
        for (Argument argument : weights) {
            List<NDArray> members = arrays.get(argument);
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).size() > 0) {
                    NDArray gradient = members.get(i).getGradient();
                    gradient.attach(scope);
                    keep("gradient." + argument.name() + "." + i, gradient);
                }
            }
        }
    }

    private void keep(String name, NDArray array) {
        // AdamW returns its control vector, in float64.
        NDArray floats = array.toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
        tensors.put(name, Tensor.of(floats.toFloatArray(), array.getShape().getShape()));
    }
}
