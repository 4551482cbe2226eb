package dev.cloze.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to measure, from the command line.
 *
 * @param python the interpreter that has torch and transformers
 * @param llama the one that has llama.cpp, if it is to be measured
 * @param scripts the folder of {@code peer.py}
 * @param work a folder for what is written on the way
 * @param sections the parts to run, of {@link #SECTIONS}
 * @param shapes the model shapes to run them on, of {@link #SHAPES}
 * @param soft what of the section {@code soft}, of {@link #SOFT}
 * @param threads of torch, on both sides
 * @param rounds how often the two take turns in each measurement
 * @param texts how many texts a measurement takes at most
 */
record Settings(
        Path python,
        Optional<Path> llama,
        Path scripts,
        Path work,
        Set<String> sections,
        Set<String> shapes,
        Set<String> soft,
        int threads,
        int rounds,
        int texts) {

    static final List<String> SECTIONS = List.of(
            "classification",
            "training",
            "load",
            "pet",
            "lm-bff",
            "setfit",
            "soft",
            "generation",
            "text-training",
            "start",
            "engine",
            "memory",
            "smollm2",
            "llama-cpp",
            "onnx",
            "waiting",
            "lengths");
    static final List<String> SHAPES = List.of("small", "default", "base", "smollm2");
    static final List<String> SOFT =
            List.of("prompt-tuning", "p-tuning", "prefix-tuning", "prefix-network", "writing", "memory");

    private static final String USAGE =
            """
        Usage: SideBySide --python INTERPRETER [--llama INTERPRETER|none] [--scripts FOLDER] [--work FOLDER] [--only %s]
                          [--shapes %s] [--soft %s] [--threads N] [--rounds N] [--texts N]\
        """.formatted(String.join(",", SECTIONS), String.join(",", SHAPES), String.join(",", SOFT));

    static Settings parse(String[] arguments) {
        Path python = Path.of("python3");
        Optional<Path> llama = Optional.empty();
        Path scripts = Path.of("src/main/python");
        Path work = Path.of("target");
        Set<String> sections = new TreeSet<>(SECTIONS);
        Set<String> shapes = new TreeSet<>(SHAPES);
        Set<String> soft = new TreeSet<>(SOFT);
        int threads = 2;
        int rounds = 5;
        int texts = Integer.MAX_VALUE;
        for (int i = 0; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--python" -> python = Path.of(value);
                case "--llama" ->
                    llama = Optional.of(value)
                            .filter(named -> !named.equals("none"))
                            .map(Path::of);
                case "--scripts" -> scripts = Path.of(value);
                case "--work" -> work = Path.of(value);
                case "--only" -> sections.retainAll(known(value, SECTIONS));
                case "--shapes" -> shapes.retainAll(known(value, SHAPES));
                case "--soft" -> soft.retainAll(known(value, SOFT));
                case "--threads" -> threads = Integer.parseInt(value);
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--texts" -> texts = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("There is no option " + arguments[i] + ".\n" + USAGE);
            }
        }
        return new Settings(python, llama, scripts, work, sections, shapes, soft, threads, rounds, texts);
    }

    private static List<String> known(String value, List<String> all) {
        List<String> names = List.of(value.split(","));
        names.stream().filter(name -> !all.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "There is no \"" + name + "\"; there are " + String.join(", ", all) + ".");
        });
        return names;
    }

    /** A published model, where {@code runtime/testkit/models.sh} has brought it. */
    Optional<Path> realModel(String name) {
        String root = System.getenv("CLOZE_REAL_MODELS");
        Path folder = root == null || root.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "cloze-real-models")
                : Path.of(root);
        return Optional.of(folder.resolve(name).toAbsolutePath())
                .filter(found -> Files.exists(found.resolve("config.json")));
    }

    boolean includes(String section) {
        return sections.contains(section);
    }
}
