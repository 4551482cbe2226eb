package dev.cloze.runtime.backbone.decoder;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A decoder whose numbers have what bfloat16 and float16 both have, as a file of one of these types, and as it is without a file. */
record StoredDecoder(DecoderArchitecture architecture, Map<String, Tensor> tensors) {

    /** Below it float16 has fewer numbers. */
    private static final float LEAST = 0x1p-14f;

    /** All that bfloat16 has of a float32 number. */
    private static final int KEPT = 0xFFFF0000;

    static StoredDecoder of(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load()) {
            Map<String, Tensor> rounded = new LinkedHashMap<>();
            decoder.tensors().forEach((name, tensor) -> rounded.put(name, rounded(tensor)));
            return new StoredDecoder(decoder.architecture(), rounded);
        }
    }

    private static Tensor rounded(Tensor tensor) {
        float[] numbers = DecoderFixture.array(tensor.data());
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    Math.abs(numbers[i]) < LEAST ? 0 : Float.intBitsToFloat(Float.floatToRawIntBits(numbers[i]) & KEPT);
        }
        return Tensor.of(numbers, tensor.shape());
    }

    /** Its words are in no file. */
    Decoder inMemory(ComputeDevice device) {
        return Decoder.load(architecture, Checkpoint.of(Path.of("memory"), tensors), "memory", device);
    }

    Decoder ofFile(Path file, ComputeDevice device) {
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            return Decoder.load(architecture, checkpoint, "file", device);
        }
    }

    /** Writes {@code model.safetensors} with numbers of that type. */
    Path write(Path folder, ElementType type) throws IOException {
        JsonObject header = new JsonObject();
        int at = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            int end = at + tensor.getValue().data().remaining() * type.bytes();
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", type.name());
            entry.add("shape", new Gson().toJsonTree(tensor.getValue().shape()));
            entry.add("data_offsets", new Gson().toJsonTree(new int[] {at, end}));
            header.add(tensor.getKey(), entry);
            at = end;
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + text.length + at).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        for (Tensor tensor : tensors.values()) {
            for (float number : DecoderFixture.array(tensor.data())) {
                put(bytes, number, type);
            }
        }
        return Files.write(folder.resolve("model.safetensors"), bytes.array());
    }

    private static void put(ByteBuffer bytes, float number, ElementType type) {
        int bits = Float.floatToRawIntBits(number);
        switch (type) {
            case F32 -> bytes.putFloat(number);
            case F64 -> bytes.putDouble(number);
            case BF16 -> bytes.putShort((short) (bits >>> 16));
            case F16 -> {
                int shifted = number == 0 ? 0 : (bits >>> 13 & 0x3FFFF) - (127 - 15 << 10);
                bytes.putShort((short) (bits >>> 16 & 0x8000 | shifted));
            }
            default -> throw new IllegalArgumentException(type.shown());
        }
    }
}
