package dev.cloze.runtime.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The kernels of this process: one of each source and device, which all who need it share. The latest that nobody needs any more
 * are kept, as reading one takes as long as some steps of a small model's training, and the next model mostly needs the same.
 */
final class CompiledKernels {

    /** Kept for nobody at most: those of a few kinds of models, some hundred KiB each. */
    static final int KEPT = 24;

    private static final Map<Key, Shared> USED = new HashMap<>();

    /** The first one is the longest unused. */
    private static final Map<Key, Shared> UNUSED = new LinkedHashMap<>();

    private record Key(Device device, KernelSource source) {}

    private CompiledKernels() {}

    /** The one of that source on the device of that memory, compiled where it is not there; each has to be given back. */
    static Shared lease(NDManager memory, KernelSource source) {
        Key key = new Key(memory.getDevice(), source);
        synchronized (USED) {
            Shared shared = USED.get(key);
            if (shared == null) {
                Shared kept = UNUSED.remove(key);
                shared = kept == null ? new Shared(key) : kept;
                USED.put(key, shared);
            }
            shared.users++;
            return shared;
        }
    }

    /** One of them, which has no state of its own. */
    static final class Shared {

        private final Key key;
        private final NDManager memory;
        private final PtSymbolBlock module;
        private int users;

        private Shared(Key key) {
            this.key = key;
            this.memory = NDManager.newBaseManager(key.device(), "PyTorch");
            try {
                this.module = JniUtils.loadModule(
                        (PtNDManager) memory,
                        new ByteArrayInputStream(key.source().pack()),
                        false,
                        false);
            } catch (IOException e) {
                memory.close();
                throw new UncheckedIOException(e);
            } catch (RuntimeException | Error e) {
                memory.close();
                throw e;
            }
        }

        PtSymbolBlock module() {
            return module;
        }

        void giveBack() {
            synchronized (USED) {
                users--;
                if (users == 0) {
                    USED.remove(key);
                    UNUSED.put(key, this);
                    freeEldest();
                }
            }
        }

        private static void freeEldest() {
            if (UNUSED.size() > KEPT) {
                Iterator<Shared> kept = UNUSED.values().iterator();
                Shared eldest = kept.next();
                kept.remove();
                eldest.module.close();
                eldest.memory.close();
            }
        }
    }

    /** How many are kept for nobody, for tests. */
    static int kept() {
        synchronized (USED) {
            return UNUSED.size();
        }
    }
}
