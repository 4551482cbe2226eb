package dev.cloze.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each campaign, in a process of its own with little memory: some inputs in every build, thousands with {@code -Pslow}. */
class FuzzTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void everyInputIsReadOrRefusedByACode(Campaign campaign) throws Exception {
        assertSound(campaign, 1, 200);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void soAreThousandsMore(Campaign campaign) throws Exception {
        for (int seed = 2; seed < 6; seed++) {
            assertSound(campaign, seed, 5_000);
        }
    }

    private void assertSound(Campaign campaign, int seed, int inputs) throws Exception {
        Path input = Files.createDirectories(folder.resolve("input"));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FuzzRun.class.getName(),
                        campaign.name(),
                        input.toString(),
                        Integer.toString(seed),
                        Integer.toString(inputs)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        assertThat(exit)
                .as("%s: %s", campaign, finding(campaign, input, output, exit))
                .isZero();
        assertThat(Files.readString(output)).as(campaign.name()).containsPattern("\\d+ read, \\d+ refused");
    }

    /** The end of what the process said; the input that it ended with is kept under target. */
    private static String finding(Campaign campaign, Path input, Path output, int exit) throws IOException {
        if (exit == 0) {
            return "";
        }
        Path kept = Files.createDirectories(Path.of("target", "findings", campaign.folder()));
        for (Path file : Campaign.files(input, ".*")) {
            Files.write(kept.resolve(file.getFileName().toString()), Files.readAllBytes(file));
        }
        List<String> lines = Files.readAllLines(output);
        return "kept in " + kept.toAbsolutePath() + "\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
