package dev.cloze.runtime.checkpoint.torch;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Unpickles what {@code torch.save} writes, and nothing else: a class outside {@link TorchClasses} is refused before
 * anything is made of it, so that no code of the file's choosing can run.
 */
final class TorchPickle extends Unpickler {

    /** The opcodes of torch.save that the library may handle by itself: none of them names a length or a class. */
    private static final Set<Short> HARMLESS = Set.of(
            Opcodes.PROTO,
            Opcodes.FRAME,
            Opcodes.STOP,
            Opcodes.MARK,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.LONG1,
            Opcodes.BINFLOAT,
            Opcodes.SHORT_BINSTRING,
            Opcodes.SHORT_BINBYTES,
            Opcodes.SHORT_BINUNICODE,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.EMPTY_LIST,
            Opcodes.APPEND,
            Opcodes.APPENDS,
            Opcodes.BINPERSID,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE);

    /**
     * So many things may a file's pickles make, one by one or by handing over lists of them again and again; a thousand tensors
     * are made of some forty thousand.
     */
    private static final long MOST_STEPS = 1 << 21;

    private final Path file;
    private final Map<String, TorchTensor.Storage> storages = new HashMap<>();
    private long steps;

    /** Reads pickles of this file, one after the other. */
    TorchPickle(Path file) {
        this.file = file;
    }

    /** Reads one pickle; {@code input.available()} must be what is left, which bounds every length the pickle names. */
    Object read(InputStream input) {
        try {
            return load(input);
        } catch (ClozeException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The library meets a broken pickle with whatever exception comes of it.
            throw Damaged.file(file, "its pickle cannot be read (" + e.getMessage() + ")", e);
        }
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        spend(1);
        switch (opcode) {
            case Opcodes.GLOBAL -> stack.add(allowed(line(), line()));
            case Opcodes.INST -> throw unsafe(line() + "." + line());
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(allowed((String) stack.pop(), name));
            }
            case Opcodes.BINUNICODE -> stack.add(new String(bytes(), StandardCharsets.UTF_8));
            case Opcodes.BINSTRING -> stack.add(PickleUtils.rawStringFromBytes(bytes()));
            case Opcodes.BINBYTES -> stack.add(bytes());
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                Object key = stack.pop();
                dict().put(key(key), value);
            }
            case Opcodes.SETITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                for (int i = 0; i < items.size(); i += 2) {
                    dict().put(key(items.get(i)), items.get(i + 1));
                }
            }
            case Opcodes.BUILD -> {
                // A state_dict carries its _metadata as an attribute, which is of no use here.
                stack.pop();
                dict();
            }
            case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
                spend(handedOver(stack.peek()));
                return super.dispatch(opcode);
            }
            default -> {
                if (!HARMLESS.contains(opcode)) {
                    throw new IOException("torch.save never writes the opcode " + opcode);
                }
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    /** A place for elements: {@code ("storage", class, key, device, count)}. */
    @Override
    protected Object persistentLoad(Object id) {
        Object[] parts = (Object[]) id;
        if (!parts[0].equals("storage") || (parts.length > 5 && parts[5] != null)) {
            throw new IllegalArgumentException("it refers to something that is no storage");
        }
        ElementType type = ((TorchClasses.StorageClass) parts[1]).type();
        var storage = new TorchTensor.Storage(type, (String) parts[2], TorchClasses.number(parts[4]));
        storages.put(storage.key(), storage);
        return storage;
    }

    /** The storages that were referred to, by key. */
    Map<String, TorchTensor.Storage> storages() {
        return storages;
    }

    private void spend(long more) throws IOException {
        steps += more;
        if (steps > MOST_STEPS) {
            throw new IOException("it makes more than " + MOST_STEPS + " things");
        }
    }

    /** What a class goes through when it is called with these. */
    private static long handedOver(Object arguments) {
        long all = 0;
        if (arguments instanceof Object[] list) {
            for (Object one : list) {
                all += one instanceof Object[] tuple
                        ? tuple.length
                        : one instanceof Collection<?> some ? some.size() : 1;
            }
        }
        return all;
    }

    private String line() throws IOException {
        String line = PickleUtils.readline(input, true);
        if (!line.endsWith("\n")) {
            throw new EOFException("it ends in the middle of a name");
        }
        return line.substring(0, line.length() - 1);
    }

    private byte[] bytes() throws IOException {
        int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, Integer.BYTES));
        if (length < 0 || length > input.available()) {
            throw new IOException("it names a text longer than itself");
        }
        return PickleUtils.readbytes(input, length);
    }

    @SuppressWarnings("unchecked")
    private Map<Object, Object> dict() {
        return (LinkedHashMap<Object, Object>) stack.peek();
    }

    /** Containers as keys could be built so that their hashing never ends. */
    private static Object key(Object key) {
        if (key instanceof String || key instanceof Number) {
            return key;
        }
        throw new IllegalArgumentException("a key is no text");
    }

    private IObjectConstructor allowed(String module, String name) {
        return TorchClasses.find(module, name).orElseThrow(() -> unsafe(module + "." + name));
    }

    private ClozeException unsafe(String name) {
        return new ClozeException(
                Problem.CHECKPOINT_UNSAFE,
                "The checkpoint " + file + " names " + name
                        + ", which a checkpoint has no business with; nothing was run.\n"
                        + "  A pickled checkpoint may hold tensors, parameters and ordered dictionaries only: anything"
                        + " else could be code.\n"
                        + "  If you trust its author, save the weights alone in Python:"
                        + " safetensors.torch.save_file(model.state_dict(), \"model.safetensors\").");
    }
}
