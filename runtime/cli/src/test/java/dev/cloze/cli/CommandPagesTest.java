package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.runtime.spi.DefaultBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that pages of the guide show, run by a shell in the order of the page, on small models and a few steps. */
class CommandPagesTest {

    private static final Path GUIDE = Path.of("../../docs/guide");

    private static final Path TINY = Path.of("../models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en");

    private static final Path BASH = Path.of("/bin/bash");

    /** What a page says, and what stands for it. */
    private static final Map<String, String> STAND_INS = Map.of(
            "--steps 200",
            "--steps 4",
            "maxSteps: 200",
            "maxSteps: 4",
            "--set promptLength=20",
            "--set promptLength=4 --set maxSteps=4",
            "--methods TF_IDF,FINE_TUNING,PROMPT_FINE_TUNING --learning-rates 5e-5,1e-4",
            "--methods TF_IDF,FINE_TUNING,PROMPT_FINE_TUNING --learning-rates 5e-5,1e-4 --steps 4 --seeds 1",
            "cloze-small-en",
            "cloze-tiny-en");

    @TempDir
    private Path folder;

    @Test
    void theCommandLine() throws Exception {
        reviews("train.csv", 8);
        reviews("dev.csv", 4);
        reviews("test.csv", 4);
        reviews("reviews.csv", 100);
        Files.writeString(folder.resolve("texts.csv"), "text\na lovely film\na boring mess\n");
        Files.createDirectories(folder.resolve("src/main/java/com/acme"));
        model("bert-base-uncased", TINY);
        Path page = GUIDE.resolve("command-line.md");
        Files.writeString(
                folder.resolve("reviews.yaml"), standIns(blocks(page, "yaml").get(0)));
        List<String> blocks = blocks(page, "sh").stream()
                .filter(block -> block.startsWith("java -jar cloze.jar"))
                .map(block -> block.replace("java -jar cloze.jar download", "echo")) // as it wants a network
                .toList();
        assertThat(blocks).hasSize(7);

        for (String block : blocks) {
            if (block.contains("--task reviews.yaml train.csv")) {
                Files.move(folder.resolve("models/reviews"), folder.resolve("models/before"));
            }
            run(block);
        }

        assertThat(folder.resolve("models/before")).isNotEmptyDirectory();
        assertThat(folder.resolve("models/reviews")).isNotEmptyDirectory();
        assertThat(folder.resolve("src/main/java/com/acme/Review.java"))
                .content()
                .contains("package com.acme;", "record Review(");
    }

    @Test
    void promptsOfOtherTools() throws Exception {
        reviews("train.csv", 8);
        run("java -jar cloze.jar train train.csv --method PROMPT_TUNING --set promptLength=4 --steps 4"
                + " --template '{text} It was {mask}.' --label POSITIVE=great --label NEGATIVE=terrible"
                + " --output models/reviews");
        copy(Path.of(InspectCommandTest.adapter("cloze-tiny-en-prompt")), folder.resolve("adapters/reviews"));
        ConvertCommandTest.several(folder.resolve("adapters/several"));
        model("writers/gpt2", Path.of(InspectCommandTest.writer("gpt2")));
        model("google/t5-base-lm-adapt", Path.of(InspectCommandTest.writer("t5")));
        Files.write(folder.resolve("sst2.npy"), ConvertCommandTest.array(1, 32));
        List<String> lines = blocks(GUIDE.resolve("peft.md"), "sh")
                .get(0)
                .replace("\\\n", "")
                .lines()
                .toList();
        assertThat(lines).hasSize(5);

        for (String line : lines) {
            for (String written : List.of("adapters/reviews", "models/reviews")) {
                if (line.contains("convert") && line.replaceAll(" +#.*", "").endsWith(" " + written)) {
                    Files.move(folder.resolve(written), folder.resolve(written + ".before"));
                }
            }
            run(line);
        }

        for (String written : List.of("adapters/reviews", "models/reviews", "adapters/sst2", "adapters/third")) {
            assertThat(folder.resolve(written)).isNotEmptyDirectory();
        }
    }

    @Test
    void writing() throws Exception {
        model("gpt2", Path.of(InspectCommandTest.writer("gpt2")));
        model("HuggingFaceTB/SmolLM2-135M-Instruct", Path.of(InspectCommandTest.writer("llama")));
        List<String> blocks = blocks(GUIDE.resolve("generating-text.md"), "sh");
        assertThat(blocks).hasSize(2);
        for (String block : blocks) {
            assertThat(run(block).out()).isNotBlank();
        }
    }

    /** In a shell of a reader who has the jar. */
    private CommandRun run(String block) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BASH));
        String jar = "java() { \"$JAVA\" -D" + DefaultBackbone.QUICK
                + "=true -XX:TieredStopAtLevel=1 -cp \"$CLASSES\" "
                + Main.class.getName() + " \"${@:3}\"; }\nset -e\n";
        CommandRun run = CommandRun.program(
                folder,
                Map.of(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "CLASSES",
                        CommandRun.classPath(),
                        "CLOZE_MODELS",
                        folder.resolve("hub").toString()),
                List.of(BASH.toString(), "-c", jar + standIns(block)));
        assertThat(run.code()).as(block + "\n" + run.out() + run.errors()).isZero();
        return run;
    }

    private static String standIns(String text) {
        String said = text;
        for (Map.Entry<String, String> standIn : STAND_INS.entrySet()) {
            said = said.replace(standIn.getKey(), standIn.getValue());
        }
        return said;
    }

    /** The blocks of a language, in the order of the page. */
    private static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```" + language)) {
                int end = i + lines.subList(i, lines.size()).indexOf("```");
                blocks.add(String.join("\n", lines.subList(i + 1, end)));
                i = end;
            }
        }
        return blocks;
    }

    private void reviews(String name, int count) throws IOException {
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < count; i++) {
            rows.append(i % 2 == 0 ? "a lovely film of " : "a boring film of ").append(1900 + i);
            rows.append(i % 2 == 0 ? ",positive\n" : ",negative\n");
        }
        Files.writeString(folder.resolve(name), rows);
    }

    /** Has a model be found by its name. */
    private void model(String name, Path from) throws IOException {
        copy(from, folder.resolve("hub").resolve(name));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
