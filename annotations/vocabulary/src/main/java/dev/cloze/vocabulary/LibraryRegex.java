package dev.cloze.vocabulary;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression as Oniguruma reads it, which is the library's engine, written anew for Java's.
 *
 * <p>Classes of characters follow the library's tables, not Java's. Other than in Java, lines end in a line feed only, ^ and
 * $ stand at each of them, an {@code m} lets the dot match it, {@code \h} is a hexadecimal digit, and a plus behind
 * {@code {1,3}} repeats that.
 */
final class LibraryRegex {

    private static final int FLAGS = java.util.regex.Pattern.UNICODE_CHARACTER_CLASS
            | java.util.regex.Pattern.UNIX_LINES
            | java.util.regex.Pattern.MULTILINE;

    private static final Map<String, String> WRITTEN = new ConcurrentHashMap<>();

    private final String expression;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Integer> groups = new ArrayDeque<>(); // where those that are open begin in what is written
    private int at;
    private int atom; // where the last thing that can be repeated begins

    private LibraryRegex(String expression) {
        this.expression = expression;
    }

    /** The expression, ready to be used on text without unpaired surrogates. */
    static java.util.regex.Pattern compile(String expression) {
        RegexShape.of(expression); // refuses what is too long or too deep
        try {
            return java.util.regex.Pattern.compile(new LibraryRegex(expression).written(), FLAGS);
        } catch (PatternSyntaxException e) {
            throw new Unreadable("Java does not understand the regular expression " + expression);
        }
    }

    private String written() {
        while (at < expression.length()) {
            char c = expression.charAt(at);
            switch (c) {
                case '\\' -> {
                    atom = out.length();
                    escape(false);
                }
                case '[' -> {
                    atom = out.length();
                    bracket();
                }
                case '(' -> open();
                case ')' -> {
                    atom = groups.isEmpty() ? out.length() : groups.pop();
                    copy(1);
                }
                case '{' -> interval();
                case '*', '+', '?' -> copy(1);
                default -> {
                    atom = out.length();
                    copy(Character.charCount(expression.codePointAt(at)));
                }
            }
        }
        return out.toString();
    }

    private void copy(int length) {
        out.append(expression, at, Math.min(expression.length(), at + length));
        at += length;
    }

    private void open() {
        groups.push(out.length());
        copy(1);
        if (expression.startsWith("?", at)) {
            int end = at + 1;
            while (end < expression.length() && "imx-".indexOf(expression.charAt(end)) >= 0) {
                end++;
            }
            out.append(expression.substring(at, end).replace('m', 's'));
            at = end;
        }
    }

    /** {@code {1,3}+} is {@code (?:...{1,3})+}: in Java the plus would forbid to give back. */
    private void interval() {
        int end = expression.indexOf('}', at);
        boolean repeats = end > 0 && expression.substring(at + 1, end).matches("\\d+(,\\d*)?|,\\d+");
        if (!repeats) {
            atom = out.length();
            out.append('\\');
            copy(1);
            return;
        }
        if (expression.charAt(at + 1) == ',') {
            out.append("{0");
            at++;
        }
        copy(end + 1 - at);
        if (expression.startsWith("+", at)) {
            out.insert(atom, "(?:").append(')');
        }
    }

    private void bracket() {
        int depth = 0;
        do {
            char c = expression.charAt(at);
            if (c == '\\') {
                escape(true);
            } else if (expression.startsWith("[:", at) && expression.indexOf(":]", at) > 0) {
                posix();
            } else if (c == '[') {
                depth++;
                copy(expression.startsWith("[^", at) ? 2 : 1);
                if (expression.startsWith("]", at)) { // the first one does not close
                    out.append('\\');
                    copy(1);
                }
            } else {
                depth -= c == ']' ? 1 : 0;
                copy(1);
            }
        } while (depth > 0 && at < expression.length());
    }

    private void posix() {
        int end = expression.indexOf(":]", at);
        String name = expression.substring(at + 2, end);
        property(name.replaceFirst("^\\^", ""), name.startsWith("^"));
        at = end + 2;
    }

    private void escape(boolean inBrackets) {
        char c = at + 1 < expression.length() ? expression.charAt(at + 1) : '\\';
        String plain =
                switch (Character.toLowerCase(c)) {
                    case 's' -> "space";
                    case 'w' -> "word";
                    case 'd' -> "digit";
                    case 'h' -> "xdigit";
                    default -> "";
                };
        int end = expression.indexOf('}', at);
        if (!plain.isEmpty()) {
            property(plain, Character.isUpperCase(c));
            at += 2;
        } else if ((c == 'p' || c == 'P') && expression.startsWith("{", at + 2) && end > 0) {
            String name = expression.substring(at + 3, end);
            property(name.replaceFirst("^\\^", ""), (c == 'P') != name.startsWith("^"));
            at = end + 1;
        } else if (c == 'b' || c == 'B') {
            out.append(inBrackets ? "\\x08" : boundary(c == 'B'));
            at += 2;
        } else {
            copy(c == 'x' && expression.startsWith("{", at + 2) && end > 0 ? end + 1 - at : 2);
        }
    }

    private static String boundary(boolean none) {
        String word = written("word");
        // The branch that never matches has Java look two chars back as well: a character may have two.
        String behind = word + "|(?!)..";
        String inside = "(?<=" + behind + ")(?=" + word + ")";
        String outside = "(?<!" + behind + ")(?!" + word + ")";
        String start = "(?<!" + behind + ")(?=" + word + ")";
        String end = "(?<=" + behind + ")(?!" + word + ")";
        return none ? "(?:" + inside + "|" + outside + ")" : "(?:" + start + "|" + end + ")";
    }

    private void property(String name, boolean negated) {
        String written = written(name);
        out.append(negated ? "[^" + written + "]" : written);
    }

    private static String written(String name) {
        return WRITTEN.computeIfAbsent(RegexProperties.key(name), key -> JavaClass.of(characters(name)));
    }

    private static BitSet characters(String name) {
        return RegexProperties.of(name)
                .orElseThrow(() -> new Unreadable("a regular expression asks for the property \"" + name
                        + "\" of characters, which Cloze does not know"));
    }
}
