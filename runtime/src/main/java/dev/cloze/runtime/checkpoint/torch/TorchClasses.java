package dev.cloze.runtime.checkpoint.torch;

import dev.cloze.runtime.checkpoint.tensor.ElementType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.razorvine.pickle.IObjectConstructor;

/** The few classes a pickled checkpoint may name, and what stands for each here. */
final class TorchClasses {

    private static final Map<String, IObjectConstructor> ALLOWED = new HashMap<>();

    static {
        ALLOWED.put("collections.OrderedDict", TorchClasses::orderedDict);
        ALLOWED.put("torch._utils._rebuild_tensor", TorchClasses::tensor);
        ALLOWED.put("torch._utils._rebuild_tensor_v2", TorchClasses::tensor);
        ALLOWED.put("torch._utils._rebuild_parameter", arguments -> arguments[0]);
    }

    private TorchClasses() {}

    /** A storage class, which only ever names the type of elements. */
    record StorageClass(ElementType type) implements IObjectConstructor {
        @Override
        public Object construct(Object[] arguments) {
            throw new IllegalArgumentException("a storage is made without a place for its elements");
        }
    }

    /** What makes objects of the class, if it is allowed. */
    static Optional<IObjectConstructor> find(String module, String name) {
        if (module.equals("torch")) {
            return ElementType.ofTorchStorage(name).map(StorageClass::new);
        }
        return Optional.ofNullable(ALLOWED.get(module + "." + name));
    }

    /** A whole number of a pickle. */
    static long number(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException("a number was expected");
    }

    private static Object tensor(Object[] arguments) {
        // storage, offset, shape, strides, then what training needs
        return new TorchTensor(
                (TorchTensor.Storage) arguments[0],
                number(arguments[1]),
                numbers((Object[]) arguments[2]),
                numbers((Object[]) arguments[3]));
    }

    private static long[] numbers(Object[] values) {
        long[] numbers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = number(values[i]);
        }
        return numbers;
    }

    private static Object orderedDict(Object[] arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        if (arguments.length > 0) {
            // Python 2 hands the items over as a list of [key, value] lists.
            for (Object item : (List<?>) arguments[0]) {
                List<?> pair = (List<?>) item;
                dict.put((String) pair.get(0), pair.get(1));
            }
        }
        return dict;
    }
}
