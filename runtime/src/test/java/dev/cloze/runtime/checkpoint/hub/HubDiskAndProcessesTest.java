package dev.cloze.runtime.checkpoint.hub;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Fixtures;
import dev.cloze.runtime.checkpoint.resolution.JavaProcess;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.checkpoint.resolution.Models;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A full disk, processes that download at once, and one that is killed. */
class HubDiskAndProcessesTest extends HubTestBase {

    private static final String WEIGHTS = "model.safetensors";

    @Test
    void aDiskThatFillsUpIsToldAndTheDownloadGoesOnLater() throws IOException {
        AtomicInteger space = new AtomicInteger(300);
        BlobDownload.Disk small = file -> new FilterOutputStream(BlobDownload.REAL_DISK.append(file)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int fits = Math.min(length, space.get());
                out.write(bytes, offset, fits);
                space.addAndGet(-fits);
                if (fits < length) {
                    throw new IOException("No space left on device");
                }
            }
        };
        assertProblem(Problem.DISK_WRITE, () -> resolver(null, small).resolve("org/tiny"))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("HF_HUB_CACHE");
        assertNothingUsable();
        assertThat(hub.gets(WEIGHTS)).isLessThanOrEqualTo(1);
        assertWhole(resolver().resolve("org/tiny"));
        assertOnlyBlobs(3);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatIsTooSmallIsToldBeforeTheDownload() throws Exception {
        Path disk = Files.createDirectory(root.resolve("hub"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()),
                "only root can mount a small disk");
        try {
            hub.files.put("tokenizer.json", Models.tokenizer(3_000_000));
            assertProblem(Problem.DISK_WRITE, () -> resolver().resolve("org/tiny"))
                    .hasMessageContaining("needs 3")
                    .hasMessageContaining("nothing was downloaded");
            assertThat(hub.gets("tokenizer.json")).isZero();
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void twoProcessesDownloadOnce() throws Exception {
        hub.files.put(WEIGHTS, Files.readAllBytes(Fixtures.path("zipped.bin")));
        hub.files.put("tokenizer.json", Models.tokenizer(5_000_000));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(JavaProcess.start(
                    Download.class, hub.endpoint().toString(), hubCache().toString()));
        }
        List<String> origins = new ArrayList<>();
        for (Process process : processes) {
            origins.add(JavaProcess.outputOf(process).lines().reduce("", (a, b) -> b));
        }
        assertThat(origins).containsOnlyOnce("HUB").contains("HUB_CACHE");
        assertThat(hub.gets(WEIGHTS)).isEqualTo(1);
        assertThat(hub.gets("tokenizer.json")).isEqualTo(1);
        assertWhole(new HubCache(hubCache()).find("org/tiny").orElseThrow());
    }

    @Test
    void threadsOfOneProcessDownloadOnceToo() throws Exception {
        List<Thread> threads = new ArrayList<>();
        AtomicInteger whole = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                assertWhole(resolver().resolve("org/tiny"));
                whole.incrementAndGet();
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(whole).hasValue(8);
        assertThat(hub.gets(WEIGHTS)).isEqualTo(1);
    }

    @Test
    void aKilledProcessLeavesNothingUsableAndTheNextOneGoesOn() throws Exception {
        hub.fail("GET " + WEIGHTS, FakeHub.silence(30_000));
        Process process = JavaProcess.start(
                Download.class, hub.endpoint().toString(), hubCache().toString());
        long half = hub.content(WEIGHTS).length / 2;
        for (int i = 0; i < 600 && incomplete() < half; i++) {
            Thread.sleep(50);
        }
        process.destroyForcibly().waitFor();
        assertNothingUsable();
        hub.requests.clear();
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(hub.requests).anyMatch(r -> ("bytes=" + half + "-").equals(r.range()));
        assertOnlyBlobs(3);
    }

    private long incomplete() throws IOException {
        Path blobs = hubCache().resolve("models--org--tiny/blobs");
        if (!Files.isDirectory(blobs)) {
            return 0;
        }
        long size = 0;
        for (String name : blobs()) {
            size += name.endsWith(".incomplete") ? Files.size(blobs.resolve(name)) : 0;
        }
        return size;
    }

    /** Resolves {@code org/tiny} of a hub into a cache and prints where it came from. */
    static final class Download {
        public static void main(String[] arguments) {
            Path cache = Path.of(arguments[1]);
            ModelEnvironment environment = new ModelEnvironment(
                    List.of(),
                    ClassLoader.getPlatformClassLoader(),
                    cache,
                    cache,
                    URI.create(arguments[0]),
                    null,
                    null);
            System.out.println(
                    ModelResolver.in(environment).resolve("org/tiny").origin().name());
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
