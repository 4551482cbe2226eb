package dev.cloze.runtime.checkpoint.tensor;

import java.nio.FloatBuffer;
import java.util.Set;
import java.util.stream.Collectors;

/** The tensors of a file whose names begin in one way, by the rest of their names; the file is closed by whoever opened it. */
public record PrefixedFile(String prefix, WeightsFile file) implements WeightsFile {

    @Override
    public Set<String> names() {
        return file.names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ElementType type(String name) {
        return file.type(prefix + name);
    }

    @Override
    public long[] shape(String name) {
        return file.shape(prefix + name);
    }

    @Override
    public FloatBuffer floats(String name) {
        return file.floats(prefix + name);
    }

    @Override
    public StoredRun run(String name) {
        return file.run(prefix + name);
    }

    @Override
    public void close() {
        // A view has nothing of its own.
    }
}
