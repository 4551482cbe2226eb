package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;

/** A kernel that all who need the same one on a device share: compiled for the first of them, freed by the last. */
public final class SharedKernel implements AutoCloseable {

    private record Key(ComputeDevice device, KernelSource source) {}

    private static final Map<Key, SharedKernel> OPEN = new HashMap<>();

    private final Key key;
    private final NDManager memory;
    private final Kernel kernel;
    private int users;

    private SharedKernel(Key key) {
        this.key = key;
        this.memory = NativeMemory.open(key.device());
        try {
            this.kernel = Kernel.compile(memory, key.source());
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /** The kernel of that source; each call needs a {@link #close} of its own. */
    public static SharedKernel lease(ComputeDevice device, KernelSource source) {
        synchronized (OPEN) {
            SharedKernel shared = OPEN.computeIfAbsent(new Key(device, source), SharedKernel::new);
            shared.users++;
            return shared;
        }
    }

    /** The kernel, for as long as this lease lasts. */
    public Kernel kernel() {
        return kernel;
    }

    /** Gives it back; the last one to do so frees it. */
    @Override
    public void close() {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(key);
                kernel.close();
                memory.close();
            }
        }
    }
}
