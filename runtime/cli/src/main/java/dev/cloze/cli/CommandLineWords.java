package dev.cloze.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says for the command line what the library says for Java: {@code DataFile.of(path).withCharset(...)} is {@code --charset NAME}.
 *
 * <p>The library's cures name its methods and annotations, which nobody has who only typed a command.
 */
final class CommandLineWords {

    private record Phrase(Pattern java, Function<MatchResult, String> said) {

        String in(String text) {
            return java.matcher(text).replaceAll(found -> Matcher.quoteReplacement(said.apply(found)));
        }
    }

    private static final String FILE = "DataFile\\.of\\(path\\)\\.";

    /** In this order: longer phrases stand before those that they hold. */
    private static final List<Phrase> PHRASES = List.of(
            phrase(FILE + "withCharset\\(Charset\\.forName\\(\"([^\"]+)\"\\)\\)", "--charset "),
            phrase(FILE + "withCharset\\(StandardCharsets\\.UTF_(\\w+)\\)", "--charset UTF-"),
            phrase(FILE + "withCharset\\(\\.\\.\\.\\)", "--charset NAME"),
            phrase(FILE + "withColumns\\(\"label\", \"text\"\\)", "--columns label,text"),
            phrase(FILE + "withQuotes\\((\\w+)\\)", "--quotes "),
            phrase(
                    "Give them as the third argument: trainer\\(\\)\\.fit\\(train, dev, unlabeled\\)",
                    "Name a file of them: --unlabeled FILE"),
            phrase("Give the comparison some with unlabeled\\(texts\\)", "Name a file of them: --unlabeled FILE"),
            phrase(
                    "trainer\\(\\)\\.(?:method\\(TuningMethod\\.PET\\)\\.)?fitEnsemble\\(train, dev\\)[^\n]*tunes one template",
                    "--method PROMPT_FINE_TUNING with one --template tunes that alone"),
            phrase("Choose one for this run with trainer\\(\\)\\.template\\(0\\)", "Leave one --template"),
            new Phrase(
                    Pattern.compile("TrainingOptions\\.with(\\w+)(?:\\(\\.\\.\\.\\))?"),
                    found -> "--set " + option(found.group(1)) + "="),
            new Phrase(
                    Pattern.compile("GenerationOptions\\.with(\\w+)(?:\\(\\.\\.\\.\\))?"),
                    found -> "--" + dashed(option(found.group(1)))),
            phrase("@Verbalizer\\(multiTokenWords = MultiTokenWords\\.(\\w+)\\)", "--multi-token-words "),
            phrase("multiTokenWords = (?:MultiTokenWords\\.)?(\\w+)", "--multi-token-words "),
            phrase("calibration = Calibration\\.(\\w+)", "--calibration "),
            phrase("@Tuning\\(backbone = (\"[^\"]*\")\\)", "--model "),
            new Phrase(
                    Pattern.compile("@Tuning\\((\\w+) = ([^)]*)\\)"),
                    found -> "--set " + found.group(1) + "=" + found.group(2)),
            phrase("another @Template", "another --template"),
            phrase("names no component\\b", "names no column"),
            phrase(
                    "Write a component of the task class, \\{title} or \\{author\\.name}, without spaces",
                    "Write a column of the file, {title}, or {author.name} where a column holds objects, without spaces; the file"
                            + " may call it otherwise, --column title=\"Review Title\""),
            phrase("\\bexamples\\((\\d+)\\)", "--examples "),
            new Phrase(Pattern.compile("(\\w+) in @[A-Z]\\w+"), found -> "--set " + found.group(1) + "=N"),
            phrase("(?<=\\] )(?:dev\\.cloze\\.runtime\\.data\\.)?DataRow\\b", "The task"),
            phrase("(?:dev\\.cloze\\.runtime\\.data\\.)?DataRow\\b", "the task"));

    private CommandLineWords() {}

    /** With what the first group found behind it, where there is one. */
    private static Phrase phrase(String java, String said) {
        return new Phrase(Pattern.compile(java), found -> found.groupCount() == 0 ? said : said + found.group(1));
    }

    /** {@code withMaxSteps} sets {@code maxSteps}. */
    private static String option(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** {@code maxTokens} is {@code max-tokens}. */
    static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The same message in the command line's words. */
    static String of(String message) {
        String said = message;
        for (Phrase phrase : PHRASES) {
            said = phrase.in(said);
        }
        return said;
    }
}
