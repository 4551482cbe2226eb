package dev.cloze.runtime.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.cloze.problem.ClozeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A compiled kernel: stateless, shared between threads and by all who need the same one; one native call a run. */
public final class Kernel implements AutoCloseable {

    private final String name;
    private final CompiledKernels.Shared shared;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Kernel(String name, CompiledKernels.Shared shared) {
        this.name = name;
        this.shared = shared;
    }

    /** A kernel of that source on the device of that memory. */
    public static Kernel compile(NDManager memory, KernelSource source) {
        try {
            return new Kernel(source.name(), CompiledKernels.lease(memory, source));
        } catch (EngineException e) {
            throw EngineFailure.of("The kernel " + source.name() + " does not compile.", e);
        }
    }

    /**
     * Runs a method in inference mode: nothing is recorded for gradients.
     *
     * @param memory the owner of the result
     * @param arguments in the method's order, each an {@link NDArray}, a {@link TensorList} or a {@link TensorStore}
     */
    public NDArray infer(NDManager memory, String method, Object... arguments) {
        try (IValue result = call(method, arguments)) {
            return result.toTensor((PtNDManager) memory);
        }
    }

    /** The same for a method that returns a list. */
    public List<NDArray> inferAll(NDManager memory, String method, Object... arguments) {
        try (IValue result = call(method, arguments)) {
            return List.of(result.toTensorArray((PtNDManager) memory));
        }
    }

    /** The same, the list left in libtorch for other calls. */
    public TensorStore inferStore(String method, Object... arguments) {
        return new TensorStore(call(method, arguments));
    }

    private IValue call(String method, Object... arguments) {
        useOptimizer();
        IValue[] values = new IValue[arguments.length];
        List<IValue> own = new ArrayList<>();
        try {
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof TensorList list) {
                    values[i] = list.handle();
                } else if (arguments[i] instanceof TensorStore store) {
                    values[i] = store.handle();
                } else {
                    values[i] = IValue.from((PtNDArray) arguments[i]);
                    own.add(values[i]);
                }
            }
            return NativeCalls.run(() -> IValueUtils.runMethod(shared.module(), method, values));
        } catch (EngineException e) {
            throw failure(method, e);
        } finally {
            own.forEach(IValue::close);
        }
    }

    /**
     * Runs a method with the gradient mode of this thread, see {@link Gradients}.
     *
     * @param memory the owner of the result
     * @param arguments in the method's order, each an {@link NDArray} or a {@link TensorList}; the first is an array
     */
    public NDArray train(NDManager memory, String method, Object... arguments) {
        useOptimizer();
        NDList inputs = new NDList();
        for (Object argument : arguments) {
            if (argument instanceof TensorList list) {
                inputs.addAll(list.arrays());
            } else {
                inputs.add((NDArray) argument);
            }
        }
        // DJL reads no more of it than its name: on the CPU nobody waits for it.
        try (NDManager scope = memory.newSubManager(Device.cpu())) {
            NDArray chosen = scope.create(0);
            chosen.setName("module_method:" + method);
            inputs.add(chosen);
            NDArray result = NativeCalls.run(() -> IValueUtils.forward(shared.module(), inputs, true))
                    .singletonOrThrow();
            result.attach(memory);
            return result;
        } catch (EngineException e) {
            throw failure(method, e);
        }
    }

    /** The setting is a thread's own. */
    private static void useOptimizer() {
        JniUtils.setGraphExecutorOptimize(Boolean.getBoolean(Libtorch.OPTIMIZER));
    }

    private ClozeException failure(String method, EngineException e) {
        return EngineFailure.of("The kernel " + name + "." + method + " failed.", e);
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            shared.giveBack();
        }
    }
}
