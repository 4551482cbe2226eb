package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of the step under way: computed once, however many passes need them. The passes add to the gradients of copies,
 * which are handed back to what is trained once, when the step's gradients are wanted.
 */
final class StepVectors implements SoftVectors {

    private final SoftPrompt prompt;
    private final SoftForm form;
    private final NDManager memory;
    private final Kernel kernel;
    private @Nullable Present present;

    private record Present(NDManager scope, List<NDArray> vectors, List<NDArray> copies) {}

    /** @param kernel with the operations of {@code tuning} */
    StepVectors(SoftPrompt prompt, SoftForm form, NDManager memory, Kernel kernel) {
        this.prompt = prompt;
        this.form = form;
        this.memory = memory;
        this.kernel = kernel;
    }

    @Override
    public List<NDArray> now() {
        Present known = present;
        if (known == null) {
            known = computed();
            present = known;
        }
        return known.copies();
    }

    private Present computed() {
        NDManager scope = memory.newSubManager();
        List<NDArray> vectors = vectors(scope);
        List<NDArray> copies = new ArrayList<>();
        for (NDArray vector : vectors) {
            NDArray copy = vector.stopGradient();
            copy.attach(scope);
            copy.setRequiresGradient(true);
            copies.add(copy);
        }
        return new Present(scope, vectors, copies);
    }

    private List<NDArray> vectors(NDManager scope) {
        try (Gradients recording = Gradients.record()) {
            return prompt.vectors(scope);
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    /** Adds the gradients of the step's passes to those of what is trained. */
    void pull() {
        Present known = present;
        if (known == null) {
            return;
        }
        List<NDArray> reached = new ArrayList<>();
        List<NDArray> gradients = new ArrayList<>();
        for (int i = 0; i < known.copies().size(); i++) {
            NDArray gradient = Gradients.at(known.copies().get(i), known.scope());
            if (gradient != null) {
                reached.add(known.vectors().get(i));
                gradients.add(gradient);
            }
        }
        if (!reached.isEmpty()) {
            pull(known.scope(), reached, gradients);
        }
        drop();
    }

    private void pull(NDManager scope, List<NDArray> reached, List<NDArray> gradients) {
        try (TensorList values = TensorList.named("values", reached);
                TensorList pulls = TensorList.named("gradients", gradients);
                Gradients recording = Gradients.record()) {
            recording.backward(kernel.train(scope, "pull", Control.of(scope, 1), values, pulls));
        }
        reached.forEach(vector -> vector.setName(null)); // by which kernels would take its copies for lists
    }

    /** Forgets them: what is trained has changed. */
    void drop() {
        if (present != null) {
            present.scope().close();
            present = null;
        }
    }

    @Override
    public NDManager memory() {
        return memory;
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        Map<WeightSlot, NDArray> weights = new LinkedHashMap<>();
        List<NDArray> vectors = now();
        for (int i = 0; i < vectors.size(); i++) {
            weights.put(form.slots().get(i), vectors.get(i));
        }
        return weights;
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights().forEach((slot, array) -> tensors.putAll(slot.published(Objects.requireNonNull(array))));
        return tensors;
    }

    @Override
    public void close() {
        drop();
    }
}
