package dev.cloze.cli.parquet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The columns of a file that hold a number or a truth value, which they go on to be when its records are written again.
 *
 * @param types by column
 */
public record PlainColumns(Map<String, PrimitiveTypeName> types) {

    /** Of records that come from elsewhere nothing is known. */
    public static final PlainColumns NONE = new PlainColumns(Map.of());

    static PlainColumns of(MessageType schema) {
        Map<String, PrimitiveTypeName> types = new LinkedHashMap<>();
        for (Type column : schema.getFields()) {
            if (isPlain(column)) {
                types.put(column.getName(), column.asPrimitiveType().getPrimitiveTypeName());
            }
        }
        return new PlainColumns(types);
    }

    /** The columns whose texts are JSON: numbers and truth values, lists and the like. */
    static Set<String> json(MessageType schema) {
        return schema.getFields().stream()
                .filter(column -> isPlain(column) || isNested(column))
                .map(Type::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isNested(Type column) {
        return !column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED);
    }

    private static boolean isPlain(Type column) {
        if (isNested(column)) {
            return false;
        }
        boolean counts = column.getLogicalTypeAnnotation() == null
                || (column.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
                        && integer.isSigned());
        return counts
                && switch (column.asPrimitiveType().getPrimitiveTypeName()) {
                    case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> true;
                    case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> false;
                };
    }

    /** Writes a text as what it was read from. */
    static void write(PrimitiveTypeName type, String text, RecordConsumer out) {
        switch (type) {
            case BOOLEAN -> out.addBoolean(Boolean.parseBoolean(text));
            case INT32 -> out.addInteger(Integer.parseInt(text));
            case INT64 -> out.addLong(Long.parseLong(text));
            case FLOAT -> out.addFloat(Float.parseFloat(text));
            case DOUBLE -> out.addDouble(Double.parseDouble(text));
            default -> throw new IllegalArgumentException(type + " is not plain");
        }
    }
}
