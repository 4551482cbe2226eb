package dev.cloze.cli.parquet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Values as texts: what has no text of its own, such as a list, is JSON. */
final class Values {

    /** The day 1970-01-01 in the count of days that INT96 has. */
    private static final int EPOCH_IN_JULIAN_DAYS = 2_440_588;

    private Values() {}

    /** The text of a record's field; an empty one where it is null. */
    static String text(Group group, int field) {
        Type type = group.getType().getType(field);
        if (group.getFieldRepetitionCount(field) == 0 && !type.isRepetition(Type.Repetition.REPEATED)) {
            return "";
        }
        JsonElement value = field(group, field);
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    private static JsonElement field(Group group, int field) {
        Type type = group.getType().getType(field);
        if (!type.isRepetition(Type.Repetition.REPEATED)) {
            return value(group, field, 0);
        }
        JsonArray all = new JsonArray();
        for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
            all.add(value(group, field, i));
        }
        return all;
    }

    private static JsonElement value(Group group, int field, int index) {
        Type type = group.getType().getType(field);
        if (type.isPrimitive()) {
            return primitive(group, field, index, type.asPrimitiveType());
        }
        Group inner = group.getGroup(field, index);
        LogicalTypeAnnotation kind = type.getLogicalTypeAnnotation();
        if (LogicalTypeAnnotation.listType().equals(kind)) {
            return list(inner);
        }
        return LogicalTypeAnnotation.mapType().equals(kind) ? map(inner) : object(inner);
    }

    private static JsonObject object(Group group) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
            if (group.getFieldRepetitionCount(i) > 0) {
                object.add(group.getType().getFieldName(i), field(group, i));
            }
        }
        return object;
    }

    /** Each element lies in a group of its own, which can hold a null; in old files it is the repeated field itself. */
    private static JsonArray list(Group group) {
        JsonArray list = new JsonArray();
        Type repeated = group.getType().getType(0);
        boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            list.add(wrapped ? only(group.getGroup(0, i), 0) : value(group, 0, i));
        }
        return list;
    }

    private static JsonObject map(Group group) {
        JsonObject map = new JsonObject();
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            Group entry = group.getGroup(0, i);
            JsonElement key = only(entry, 0);
            GroupType type = entry.getType();
            map.add(
                    key.isJsonPrimitive() ? key.getAsString() : key.toString(),
                    type.getFieldCount() > 1 ? only(entry, 1) : com.google.gson.JsonNull.INSTANCE);
        }
        return map;
    }

    private static JsonElement only(Group group, int field) {
        return group.getFieldRepetitionCount(field) == 0 ? com.google.gson.JsonNull.INSTANCE : field(group, field);
    }

    private static JsonPrimitive primitive(Group group, int field, int index, PrimitiveType type) {
        LogicalTypeAnnotation meant = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new JsonPrimitive(group.getBoolean(field, index));
            case FLOAT -> new JsonPrimitive(group.getFloat(field, index));
            case DOUBLE -> new JsonPrimitive(group.getDouble(field, index));
            case INT32 -> whole(group.getInteger(field, index), 32, meant);
            case INT64 -> whole(group.getLong(field, index), 64, meant);
            case INT96 ->
                new JsonPrimitive(
                        ofInt96(group.getInt96(field, index).getBytes()).toString());
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                bytes(group.getBinary(field, index).getBytes(), meant);
        };
    }

    private static JsonPrimitive whole(long value, int bits, LogicalTypeAnnotation meant) {
        if (meant instanceof DecimalLogicalTypeAnnotation decimal) {
            return new JsonPrimitive(BigDecimal.valueOf(value, decimal.getScale()));
        }
        if (meant instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
            return new JsonPrimitive(LocalDate.ofEpochDay(value).toString());
        }
        if (meant instanceof TimestampLogicalTypeAnnotation time) {
            Instant instant = Instant.EPOCH.plus(value, unit(time.getUnit()));
            return new JsonPrimitive(
                    time.isAdjustedToUTC()
                            ? instant.toString()
                            : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString());
        }
        if (meant instanceof TimeLogicalTypeAnnotation time) {
            return new JsonPrimitive(
                    LocalTime.MIDNIGHT.plus(value, unit(time.getUnit())).toString());
        }
        if (meant instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
            return new JsonPrimitive(
                    bits == 32
                            ? new BigInteger(Integer.toUnsignedString((int) value))
                            : new BigInteger(Long.toUnsignedString(value)));
        }
        return new JsonPrimitive(value);
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }

    /** Nanoseconds of the day, and a Julian day. */
    private static Instant ofInt96(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = buffer.getLong();
        return Instant.EPOCH
                .plus(buffer.getInt() - (long) EPOCH_IN_JULIAN_DAYS, ChronoUnit.DAYS)
                .plusNanos(nanos);
    }

    /** Many files don't say that their bytes are text; those that can't be are in Base64. */
    private static JsonPrimitive bytes(byte[] bytes, LogicalTypeAnnotation meant) {
        if (meant instanceof DecimalLogicalTypeAnnotation decimal) {
            return new JsonPrimitive(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
        }
        if (meant instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new JsonPrimitive(new UUID(buffer.getLong(), buffer.getLong()).toString());
        }
        try {
            return new JsonPrimitive(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
        }
    }
}
