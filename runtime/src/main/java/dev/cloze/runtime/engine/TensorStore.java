package dev.cloze.runtime.engine;

import ai.djl.pytorch.jni.IValue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A list of tensors that a kernel made and other calls change in place; it lives in libtorch alone until it is closed. */
public final class TensorStore implements AutoCloseable {

    private static final AtomicInteger OPEN = new AtomicInteger();

    private final IValue handle;
    private final AtomicBoolean closed = new AtomicBoolean();

    TensorStore(IValue handle) {
        this.handle = handle;
        OPEN.incrementAndGet();
    }

    /** How many of this JVM have not been closed, for leak tests: no memory manager knows of them. */
    public static int open() {
        return OPEN.get();
    }

    IValue handle() {
        return handle;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            handle.close();
            OPEN.decrementAndGet();
        }
    }
}
