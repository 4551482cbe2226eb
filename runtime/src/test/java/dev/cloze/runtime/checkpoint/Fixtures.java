package dev.cloze.runtime.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The files of {@code src/test/resources/checkpoints} and hand-made safetensors files. */
public final class Fixtures {

    private Fixtures() {}

    public static Path path(String name) {
        try {
            return Path.of(Fixtures.class.getResource("/checkpoints/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What PyTorch read: name to shape. */
    public static Map<String, long[]> shapes(String json) throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (var tensor : json(json).entrySet()) {
            shapes.put(
                    tensor.getKey(),
                    tensor.getValue().getAsJsonObject().getAsJsonArray("shape").asList().stream()
                            .mapToLong(JsonElement::getAsLong)
                            .toArray());
        }
        return shapes;
    }

    /** What PyTorch read: the numbers of a tensor, row-major. */
    public static float[] floats(String json, String name) throws IOException {
        var list = json(json).getAsJsonObject(name).getAsJsonArray("floats").asList();
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) list.get(i).getAsDouble();
        }
        return floats;
    }

    private static JsonObject json(String name) throws IOException {
        return JsonParser.parseString(Files.readString(path(name))).getAsJsonObject();
    }

    public static float[] array(FloatBuffer buffer) {
        float[] floats = new float[buffer.remaining()];
        buffer.duplicate().get(floats);
        return floats;
    }

    /** A safetensors file of this header and so many bytes of data. */
    public static Path safetensors(Path folder, String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return safetensors(folder, text.length, text, dataBytes);
    }

    /** The same with a header length that may be a lie. */
    public static Path safetensors(Path folder, long headerLength, byte[] header, int dataBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .put(header);
        return Files.write(folder.resolve("model.safetensors"), bytes.array());
    }

    /** Expects a ClozeException of this code. */
    public static AbstractThrowableAssert<?, ?> assertProblem(Problem problem, ThrowingCallable call) {
        return Assertions.assertThatThrownBy(call)
                .isInstanceOfSatisfying(ClozeException.class, e -> Assertions.assertThat(e.problem())
                        .as(e.getMessage())
                        .isEqualTo(problem));
    }
}
