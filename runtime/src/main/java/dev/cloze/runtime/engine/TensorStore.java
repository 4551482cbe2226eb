package dev.cloze.runtime.engine;

import ai.djl.pytorch.jni.IValue;

/** A list of tensors that a kernel made and other calls change in place; it lives in libtorch alone until it is closed. */
public final class TensorStore implements AutoCloseable {

    private final IValue handle;

    TensorStore(IValue handle) {
        this.handle = handle;
    }

    IValue handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
    }
}
