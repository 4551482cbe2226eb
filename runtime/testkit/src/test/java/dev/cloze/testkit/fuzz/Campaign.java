package dev.cloze.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A kind of input: where it starts from, how it is spoilt, and what reads it. */
enum Campaign {
    /** Weights as safetensors, zipped and older pickles, arrays, and an index of shards. */
    CHECKPOINTS {
        @Override
        List<Path> seeds() throws IOException {
            return files(RESOURCES.resolve("checkpoints"), ".*\\.(safetensors|bin|npy|index\\.json)");
        }

        @Override
        void read(Path file) {
            Readers.checkpoint(file);
        }
    },
    /** {@code tokenizer.json}, with texts made of its own tokens and of odd characters. */
    TOKENIZERS {
        @Override
        List<Path> seeds() throws IOException {
            return files(Path.of("../../annotations/vocabulary/src/test/resources/tokenizers"), "tokenizer\\.json");
        }

        @Override
        void read(Path file) {
            Readers.tokenizer(file);
        }
    },
    /** {@code config.json}, beside the weights that it was written for. */
    CONFIGS {
        @Override
        List<Path> seeds() throws IOException {
            List<Path> seeds = new ArrayList<>();
            for (String of : List.of("parity", "parity-decoder", "parity-t5")) {
                seeds.addAll(files(RESOURCES.resolve(of), "config\\.json"));
            }
            return seeds;
        }

        @Override
        void read(Path file) throws IOException {
            Readers.model(file);
        }

        @Override
        Path beside(Path known) throws IOException {
            String family = family(known);
            for (Path seed : seeds()) {
                if (!family.isEmpty() && family(seed).equals(family)) {
                    return seed;
                }
            }
            return super.beside(known);
        }
    },
    /** The manifests of saved pipelines. */
    ARCHIVES {
        @Override
        List<Path> seeds() throws IOException {
            return files(RESOURCES.resolve("archives"), "manifest\\.json");
        }

        @Override
        void read(Path file) throws IOException {
            Readers.archive(file);
        }
    },
    /** Templates as people write them, and as nobody would. */
    TEMPLATES {
        @Override
        List<Path> seeds() throws IOException {
            return files(Corpus.FOLDER.resolve("templates"), ".*\\.txt");
        }

        @Override
        void read(Path file) throws IOException {
            Readers.template(file);
        }
    };

    static final Path RESOURCES = Path.of("../src/test/resources");

    private static final Pattern FAMILY = Pattern.compile("\"model_type\"\\s*:\\s*\"(\\w+)\"");

    /** The files that mutations start from; a reader that needs others finds them beside. */
    abstract List<Path> seeds() throws IOException;

    /** Reads one; a ClozeException is as good as a result, anything else is a finding. */
    abstract void read(Path file) throws IOException;

    /** The seed whose folder a file of the corpus is read in: what is found there may matter. */
    Path beside(Path known) throws IOException {
        return seeds().get(0);
    }

    private static String family(Path config) throws IOException {
        Matcher found = FAMILY.matcher(Files.readString(config));
        return found.find() ? found.group(1) : "";
    }

    /** Another input, made of one of the seeds. */
    byte[] mutated(byte[] seed, String name, SplittableRandom random) {
        boolean json = name.endsWith(".json") && random.nextInt(4) > 0;
        return json ? JsonMutation.of(seed, random) : ByteMutation.of(seed, random);
    }

    String folder() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static List<Path> files(Path folder, String names) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches(names))
                    .sorted()
                    .toList();
        }
    }
}
