package dev.cloze.testkit.fuzz;

import dev.cloze.problem.ClozeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A program that feeds one campaign: arguments are its name, a folder for the input of the moment, a seed, and how many inputs.
 *
 * <p>The input lies in the folder before it is read, so that it is known which one ended the process. Exit code 2 is an input that
 * was neither read nor refused by a code, 3 one that took too long.
 */
final class FuzzRun {

    private static final long TOO_LONG = 20_000_000_000L;
    private static final int UNCODED = 2;
    private static final int ENDLESS = 3;

    private static volatile long since = Long.MAX_VALUE;

    private final Campaign campaign;
    private final Path folder;
    private final SplittableRandom random;
    private int read;
    private int refused;

    private FuzzRun(Campaign campaign, Path folder, long seed) {
        this.campaign = campaign;
        this.folder = folder;
        this.random = new SplittableRandom(seed);
    }

    public static void main(String[] arguments) throws IOException {
        watch();
        FuzzRun run = new FuzzRun(Campaign.valueOf(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
        run.feed(Integer.parseInt(arguments[3]));
        System.out.println(run.read + " read, " + run.refused + " refused");
        System.exit(0);
    }

    private void feed(int count) throws IOException {
        for (Path known : Corpus.of(campaign)) {
            Path beside = campaign.beside(known);
            Corpus.copyFolder(beside, folder);
            String name = Objects.requireNonNull(beside.getFileName()).toString();
            if (campaign == Campaign.CHECKPOINTS) {
                name = Objects.requireNonNull(known.getFileName()).toString();
            }
            feed(Files.readAllBytes(known), name);
        }
        List<Path> seeds = campaign.seeds();
        int aSeed = Math.max(1, count / seeds.size());
        for (Path seed : seeds) {
            Corpus.copyFolder(seed, folder);
            byte[] bytes = Files.readAllBytes(seed);
            String name = Objects.requireNonNull(seed.getFileName()).toString();
            for (int i = 0; i < aSeed; i++) {
                feed(campaign.mutated(bytes, name, random), name);
            }
        }
    }

    private void feed(byte[] input, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, input);
        since = System.nanoTime();
        try {
            campaign.read(file);
            read++;
        } catch (ClozeException e) {
            refused++;
        } catch (Exception | Error e) {
            System.out.println("finding in " + file + ":");
            e.printStackTrace(System.out);
            System.exit(UNCODED);
        } finally {
            since = Long.MAX_VALUE;
        }
    }

    private static void watch() {
        Thread main = Thread.currentThread();
        Thread watch = new Thread(
                () -> {
                    while (System.nanoTime() - since < TOO_LONG || since == Long.MAX_VALUE) {
                        try {
                            Thread.sleep(200);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                    System.out.println("an input took too long:");
                    for (StackTraceElement frame : main.getStackTrace()) {
                        System.out.println("  at " + frame);
                    }
                    Runtime.getRuntime().halt(ENDLESS);
                },
                "fuzz-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
