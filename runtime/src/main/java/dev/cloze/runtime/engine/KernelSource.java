package dev.cloze.runtime.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The TorchScript text of a kernel, its constants written in, ready to be packed as the archive libtorch loads.
 *
 * @param name the resource's name without its ending, for messages
 * @param text the source
 */
public record KernelSource(String name, String text) {

    /** The format in which operators mean what they mean in libtorch 2: older numbers bring back older operators. */
    private static final String FORMAT = "10\n";

    private static final Pattern CONSTANT = Pattern.compile("\\$\\{(\\w+)}");

    /** Stands for the methods that kernels share, of a file of its own. */
    private static final Pattern PART = Pattern.compile("\\$\\{(\\w+)\\.py}");

    /**
     * Reads {@code NAME.py} beside this class, and other such files where it has {@code ${OTHER.py}}, and writes the constants
     * where they have {@code ${constant}}.
     */
    public static KernelSource read(String name, Map<String, String> constants) {
        return of(name, text(name), constants);
    }

    /** The same of a text that has no file. */
    static KernelSource of(String name, String source, Map<String, String> constants) {
        String text = PART.matcher(source)
                .replaceAll(
                        match -> Matcher.quoteReplacement(text(match.group(1)).strip()));
        return new KernelSource(name, withConstants(text, constants));
    }

    private static String text(String name) {
        try (InputStream in = KernelSource.class.getResourceAsStream(name + ".py")) {
            if (in == null) {
                throw new IllegalArgumentException("no kernel " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withConstants(String text, Map<String, String> constants) {
        return CONSTANT.matcher(text).replaceAll(match -> {
            String value = constants.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for the constant " + match.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** The archive: stored zip entries under one folder, as {@code torch.jit.load} reads it, in Python too. */
    public byte[] pack() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "data.pkl", module());
            put(zip, "code/__torch__.py", text.getBytes(StandardCharsets.UTF_8));
            put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "version", FORMAT.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The pickle of {@code __torch__.Kernel()} with the state {@code {"training": True}}. */
    private static byte[] module() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2});
        pickle.write("c__torch__\nKernel\n)\u0081}(X".getBytes(StandardCharsets.ISO_8859_1));
        pickle.write(new byte[] {8, 0, 0, 0});
        pickle.write("training".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry("kernel/" + name);
        entry.setTime(0);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
