package dev.cloze.runtime.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What this processor multiplies with, and up to how many rows it does so faster with packed matrices: the benchmarks'
 * {@code linear_products.py} measures them. A table, and no measurement when it runs, so that equal runs give equal bits.
 */
public enum InstructionSet {
    /** Packed matrices are faster for any number of rows. */
    AVX512(Integer.MAX_VALUE),
    /** For more rows the library that libtorch takes by itself is as fast. */
    AVX2(64),
    /** Not measured. */
    OTHER(64);

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private final int packedRows;

    InstructionSet(int packedRows) {
        this.packedRows = packedRows;
    }

    /** The one of this machine. */
    public static InstructionSet present() {
        return Present.SET;
    }

    /** Up to how many rows are multiplied with packed matrices. */
    public int packedRows() {
        return packedRows;
    }

    /** Whether products of any number of rows are done with packed matrices, so that nobody needs the others to infer. */
    public boolean packsAll() {
        return packedRows == Integer.MAX_VALUE;
    }

    /** This machine's, for reports. */
    public static String described() {
        String set =
                present() == OTHER ? "instructions of another kind" : present().name();
        return set + (hasBfloat16() ? " with" : " without") + " bfloat16";
    }

    /** Whether this processor multiplies bfloat16 by instructions of its own. */
    static boolean hasBfloat16() {
        return Present.BFLOAT16;
    }

    static boolean hasBfloat16(Set<String> features) {
        return Stream.of("avx512_bf16", "amx_bf16", "bf16").anyMatch(features::contains);
    }

    static InstructionSet of(Set<String> features) {
        if (features.containsAll(Set.of("avx512f", "avx512bw", "avx512vl", "avx512dq"))) {
            return AVX512;
        }
        return features.contains("avx2") ? AVX2 : OTHER;
    }

    /** What the operating system says of the first processor, as Linux names it; nothing where it isn't Linux. */
    static Set<String> features() {
        if (!Files.isReadable(PROCESSOR)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .findFirst()
                    .map(line -> new HashSet<>(Arrays.asList(
                            line.substring(line.indexOf(':') + 1).strip().split("\\s+"))))
                    .orElseGet(HashSet::new);
        } catch (IOException e) {
            return Set.of(); // then nothing is taken for granted
        }
    }

    /** Looked for when it is first needed. */
    private static final class Present {
        static final Set<String> FEATURES = features();
        static final InstructionSet SET = of(FEATURES);
        static final boolean BFLOAT16 = hasBfloat16(FEATURES);
    }
}
