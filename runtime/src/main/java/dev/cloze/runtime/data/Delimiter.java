package dev.cloze.runtime.data;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between the values of a file.
 *
 * @param value the character
 * @param start where the table begins: behind a line {@code sep=;}, which Excel reads, and some programs write for it
 * @param linesBefore how many lines that are
 */
record Delimiter(char value, int start, int linesBefore) {

    /** In this order where the first line has equally many. */
    private static final List<Character> KNOWN = List.of(',', ';', '\t', '|');

    private static final Pattern SAID = Pattern.compile("\"?sep=(.)\"?(\\r\\n|\\n|\\r)");

    /** The file's own, or what its first line says or shows. */
    static Delimiter of(DataFile file, String text) {
        Matcher said = SAID.matcher(text);
        if (said.lookingAt()) {
            return new Delimiter(file.delimiter().orElse(said.group(1).charAt(0)), said.end(), 1);
        }
        return new Delimiter(file.delimiter().orElseGet(() -> shown(file, text)), 0, 0);
    }

    /** A comma, unless the first line has none but others: as many as there are columns where these are known. */
    private static char shown(DataFile file, String text) {
        String first = firstLine(text);
        int[] counts = KNOWN.stream().mapToInt(each -> count(first, each)).toArray();
        int wanted = file.columns().size() - 1;
        for (int i = 0; i < counts.length; i++) {
            if (wanted >= 0 ? counts[i] == wanted : counts[i] > 0) {
                return KNOWN.get(i);
            }
        }
        return ',';
    }

    private static String firstLine(String text) {
        return text.stripLeading().lines().findFirst().orElse("");
    }

    /** Outside of quotes. */
    private static int count(String line, char wanted) {
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            quoted ^= letter == '"';
            count += !quoted && letter == wanted ? 1 : 0;
        }
        return count;
    }
}
