package dev.cloze.runtime.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A disk with room for so many bytes, whatever the file. */
public final class SmallDisk {

    private SmallDisk() {}

    public static UnaryOperator<OutputStream> of(int space) {
        AtomicInteger left = new AtomicInteger(space);
        return file -> new FilterOutputStream(file) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int fits = Math.min(length, left.get());
                out.write(bytes, offset, fits);
                left.addAndGet(-fits);
                if (fits < length) {
                    throw new IOException("No space left on device");
                }
            }
        };
    }
}
