package dev.cloze.cli.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as they come, the first of which tells the columns: numbers are doubles, all else is text, but for columns that are known
 * to hold something plain.
 */
public final class ParquetRowWriter implements Closeable {

    /** Bytes of records that are held until they are written. */
    private static final long GROUP = 16L << 20;

    private final Path file;
    private final PlainColumns plain;
    private @Nullable ParquetWriter<Map<String, Object>> writer;

    /**
     * One of a file, which is replaced.
     *
     * @param plain columns whose texts are numbers or truth values, an empty text being null
     */
    public ParquetRowWriter(Path file, PlainColumns plain) {
        this.file = file;
        this.plain = plain;
    }

    /**
     * Writes a record.
     *
     * @param values texts and numbers by column, in the columns' order
     */
    public void write(Map<String, Object> values) throws IOException {
        if (writer == null) {
            writer = open(values);
        }
        writer.write(values);
    }

    /**
     * Writes the file also where there was no record.
     *
     * @param column which it then has, as there is no Parquet without columns
     */
    public void evenWithoutRecords(String column) throws IOException {
        if (writer == null) {
            writer = open(Map.of(column, ""));
        }
    }

    private ParquetWriter<Map<String, Object>> open(Map<String, Object> values) throws IOException {
        return new Builder(new LocalOutputFile(file), schema(values), plain)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new Codecs())
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize(GROUP)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }

    private MessageType schema(Map<String, Object> values) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        values.forEach((column, value) -> schema.addField(type(column, value)));
        return schema.named("records");
    }

    private Type type(String column, Object value) {
        PrimitiveTypeName known = value instanceof Number
                ? PrimitiveTypeName.DOUBLE
                : plain.types().get(column);
        return known == null
                ? Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column)
                : Types.optional(known).named(column);
    }

    private static final class Builder extends ParquetWriter.Builder<Map<String, Object>, Builder> {
        private final MessageType schema;
        private final PlainColumns plain;

        Builder(OutputFile file, MessageType schema, PlainColumns plain) {
            super(file);
            this.schema = schema;
            this.plain = plain;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Map<String, Object>> getWriteSupport(Configuration configuration) {
            throw new UnsupportedOperationException("Hadoop's configuration is not used");
        }

        @Override
        protected WriteSupport<Map<String, Object>> getWriteSupport(@Nullable ParquetConfiguration configuration) {
            return new Records(schema, plain);
        }
    }

    /** Hands a record's values on in the columns' order. */
    private static final class Records extends WriteSupport<Map<String, Object>> {
        private final MessageType schema;
        private final PlainColumns plain;
        private RecordConsumer out;

        @SuppressWarnings("NullAway.Init") // the writer prepares before it writes
        Records(MessageType schema, PlainColumns plain) {
            this.schema = schema;
            this.plain = plain;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            throw new UnsupportedOperationException("Hadoop's configuration is not used");
        }

        @Override
        public WriteContext init(@Nullable ParquetConfiguration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            this.out = consumer;
        }

        @Override
        public void write(Map<String, Object> values) {
            out.startMessage();
            int index = 0;
            for (Type column : schema.getFields()) {
                Object value = values.get(column.getName());
                if (value != null && !isNull(column.getName(), value)) {
                    out.startField(column.getName(), index);
                    add(column.getName(), value);
                    out.endField(column.getName(), index);
                }
                index++;
            }
            out.endMessage();
        }

        private boolean isNull(String column, Object value) {
            return plain.types().containsKey(column) && value.toString().isEmpty();
        }

        private void add(String column, Object value) {
            PrimitiveTypeName known = plain.types().get(column);
            if (value instanceof Number number) {
                out.addDouble(number.doubleValue());
            } else if (known != null) {
                PlainColumns.write(known, value.toString(), out);
            } else {
                out.addBinary(Binary.fromString(value.toString()));
            }
        }
    }
}
