package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of commands name flags, not the library's classes. */
class CommandLineWordsTest {

    private static final List<String> TASK = List.of(
            "--model",
            "cloze-tiny-en",
            "--template",
            "{text} It was {mask}.",
            "--label",
            "good=great",
            "--label",
            "bad=terrible");

    /** What only somebody could follow who writes Java. */
    private static final String JAVA =
            "\\.with[A-Z]|examples\\(|trainer\\(\\)|@[A-Z]|DataRow|DataFile|TrainingOptions|[A-Z]\\w+\\.[A-Z]{2}";

    @TempDir
    Path folder;

    @Test
    void filesAreCuredByFlags() throws IOException {
        said(evaluated("a.csv", "text,label\nit\u2019s good,good\n", Charset.forName("windows-1252")))
                .contains("It looks like windows-1252: --charset windows-1252.");
        said(evaluated("b.csv", "text,label\ngood,good\n", StandardCharsets.UTF_16LE))
                .contains("It looks like UTF-16LE: --charset UTF-16LE.");
        said(evaluated("c.csv", "fine,good\nbad,bad\n", StandardCharsets.UTF_8))
                .contains("If the file has no line of names, give them: --columns label,text.");
        said(evaluated("d.csv", "text,label\n\"a\"b,good\n", StandardCharsets.UTF_8))
                .contains("--quotes false.");
        said(evaluated("e.tsv", "text\tlabel\n\"a\nb\"\tgood\n5\" long\tbad\n", StandardCharsets.UTF_8))
                .contains("--quotes true.");
    }

    @Test
    void trainingsAreCuredByFlags() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "text,label\ngood,good\nbad,bad\n");
        said(trained(file, "--set", "batchSize=2", "--set", "accumulation=4"))
                .contains("Give --set accumulation= a value that it can have");
        said(trained(file, "--method", "PET"))
                .contains("Name a file of them: --unlabeled FILE; thousands of them")
                .contains("--method PROMPT_FINE_TUNING with one --template");
        said(trained(file, "--method", "IPET", "--set", "repetitions=4"))
                .contains("Name a file of them: --unlabeled FILE; thousands of them")
                .contains("Without any, --method PROMPT_FINE_TUNING with one --template");
        said(trained(file, "--method", "P_TUNING")).contains("or --set promptLength=N for as many");
        said(trained(file, "--set", "maxLength=100000")).contains("--set maxLength=100000 is more than");
        said(trained(file, "--template", "{text} Just {mask}", "--method", "PROMPT_TUNING"))
                .contains("The task has 2 templates")
                .contains("Leave one --template");
    }

    @Test
    void aComparisonOfTooFewTextsNamesANumberThatIsEnough() throws IOException {
        StringBuilder texts = new StringBuilder("text,label\n");
        for (int i = 0; i < 20; i++) {
            texts.append("fine ").append(i).append(",good\n");
            texts.append("awful ").append(i).append(",bad\n");
        }
        Path file = Files.writeString(folder.resolve("forty.csv"), texts);
        for (String number : List.of("16", "10")) {
            said(run("compare", "--methods", "TF_IDF", "--examples", number, file.toString()))
                    .contains("The label good has 20 examples, too few to learn from " + number)
                    .contains("draw fewer a label: --examples 6.");
        }
        CommandRun run = run("compare", "--methods", "TF_IDF", "--examples", "6", file.toString());
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out()).contains("Only 16 examples are measured on, so that one answer is 6.3 points");
    }

    @Test
    void warningsSpeakSoToo() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MessageStream stream = new MessageStream(bytes)) {
            stream.println("\"x\" of dev.cloze.runtime.data.DataRow is 2 tokens: write calibration = Calibration.PMI;"
                    + " multiTokenWords = MultiTokenWords.JOINT_MEAN takes the mean instead. \u2026");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "\"x\" of the task is 2 tokens: write --calibration PMI; --multi-token-words JOINT_MEAN takes the"
                                + " mean instead. \u2026" + System.lineSeparator());
    }

    private static org.assertj.core.api.AbstractStringAssert<?> said(CommandRun run) {
        assertThat(run.code()).as(run.errors()).isEqualTo(1);
        return assertThat(run.errors()).startsWith("[").doesNotContainPattern(JAVA);
    }

    private CommandRun evaluated(String name, String content, Charset charset) throws IOException {
        Path file = Files.write(folder.resolve(name), content.getBytes(charset));
        return run("evaluate", file.toString());
    }

    private CommandRun trained(Path file, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--output", folder.resolve("out").toString(), file.toString()));
        arguments.addAll(List.of(more));
        return run("train", arguments.toArray(String[]::new));
    }

    private static CommandRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(TASK);
        arguments.addAll(List.of(more));
        return CommandRun.here(arguments.toArray(String[]::new));
    }
}
