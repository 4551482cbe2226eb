package dev.cloze.runtime.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** AVX-512's instructions for bfloat16, which have no matrices. */
    private static final String VECTORS = "avx512_bf16";

    /** Who makes processors on which these are worth it, as they name themselves. */
    private static final String AMD = "AuthenticAMD";

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
        return set + " " + bfloat16(Present.FEATURES);
    }

    static String bfloat16(Set<String> features) {
        if (isFastInBfloat16(features)) {
            return "with fast bfloat16";
        }
        return features.contains(VECTORS)
                ? "with bfloat16, which auto does not take: float32 is faster on such processors"
                : "without bfloat16";
    }

    /** Whether this processor multiplies bfloat16 faster than float32. */
    static boolean isFastInBfloat16() {
        return Present.FAST;
    }

    /**
     * By AMX, Arm's matrix instructions, or AVX-512's own for bfloat16 on AMD's processors. Intel's without AMX are slower so than in
     * float32 beyond some sixteen rows, as {@code docs/reference/performance.md} has measured.
     */
    static boolean isFastInBfloat16(Set<String> features) {
        return features.contains("amx_bf16") || features.contains("bf16") || features.containsAll(Set.of(VECTORS, AMD));
    }

    static InstructionSet of(Set<String> features) {
        if (features.containsAll(Set.of("avx512f", "avx512bw", "avx512vl", "avx512dq"))) {
            return AVX512;
        }
        return features.contains("avx2") ? AVX2 : OTHER;
    }

    /** What the operating system says of the first processor, as Linux names it, and its maker; nothing where it isn't Linux. */
    static Set<String> features() {
        if (!Files.isReadable(PROCESSOR)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.takeWhile(line -> !line.isBlank())
                    .filter(line -> Stream.of("flags", "Features", "vendor_id").anyMatch(line::startsWith))
                    .flatMap(line -> Arrays.stream(
                            line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            return Set.of(); // then nothing is taken for granted
        }
    }

    /** Looked for when it is first needed. */
    private static final class Present {
        static final Set<String> FEATURES = features();
        static final InstructionSet SET = of(FEATURES);
        static final boolean FAST = isFastInBfloat16(FEATURES);
    }
}
