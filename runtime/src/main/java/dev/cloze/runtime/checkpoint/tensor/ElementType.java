package dev.cloze.runtime.checkpoint.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of number a checkpoint may hold, named as in safetensors; only the floating ones can be read as floats. */
public enum ElementType {
    F32(4, "FloatStorage"),
    F16(2, "HalfStorage"),
    BF16(2, "BFloat16Storage"),
    F64(8, "DoubleStorage"),
    I64(8, "LongStorage"),
    I32(4, "IntStorage"),
    I16(2, "ShortStorage"),
    I8(1, "CharStorage"),
    U8(1, "ByteStorage"),
    BOOL(1, "BoolStorage"),
    U16(2, ""),
    U32(4, ""),
    U64(8, "");

    private final int bytes;
    private final String torchStorage;

    ElementType(int bytes, String torchStorage) {
        this.bytes = bytes;
        this.torchStorage = torchStorage;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether its elements are floating-point numbers. */
    public boolean floating() {
        return this == F32 || this == F16 || this == BF16 || this == F64;
    }

    /** How messages call it: {@code f16}. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type a safetensors header names. */
    public static Optional<ElementType> ofSafetensors(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** The type of the elements of {@code torch.NAME}. */
    public static Optional<ElementType> ofTorchStorage(String name) {
        return Arrays.stream(values())
                .filter(type -> !name.isEmpty() && type.torchStorage.equals(name))
                .findFirst();
    }
}
