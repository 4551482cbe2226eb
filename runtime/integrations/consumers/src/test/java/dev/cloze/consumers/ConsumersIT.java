package dev.cloze.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A plain project, and one with Lombok and MapStruct on the same processor path, each with a test that predicts: compiled, run
 * and packaged on each JDK.
 */
@Tag("consumers")
class ConsumersIT {

    @TempDir
    private Path folder;

    /** This one, and those of {@code consumers.jdks}. */
    static List<Path> jdks() {
        Stream<String> others =
                Arrays.stream(System.getProperty("consumers.jdks", "").split(","));
        return Stream.concat(Stream.of(System.getProperty("java.home")), others)
                .map(String::strip)
                .filter(home -> !home.isEmpty())
                .distinct()
                .map(Path::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void projectsCompileAndPredict(Path jdk) throws IOException, InterruptedException {
        assumeTrue(System.getProperty("consumers.maven") != null, "the build tells where Maven is");
        Path repository = Files.createDirectories(folder.resolve("repository"));
        assumeTrue(Reactor.here().installInto(repository).contains("cloze-processor"), "jars are packaged");
        Path project = MavenRun.copied("libraries", folder);
        MavenRun run = MavenRun.of(jdk, project, repository, Map.of(), "-o", "verify");
        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.module("plain")).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(run.module("libraries")).contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(run.output()).doesNotContain("restricted method");
        assertThat(project.resolve("libraries/target/classes/app/ReviewPipeline.class"))
                .exists();
        assertThat(project.resolve("libraries/target/classes/app/ReviewsImpl.class"))
                .exists();
    }
}
