package dev.cloze.vocabulary;

/**
 * What can be told of a regular expression without running it: whether it can match nothing at all, and whether it is simple
 * enough to be done soon, whatever the text.
 *
 * <p>Simple is what tokenizers have: alternatives of characters and classes, each repeated or not, and groups that are not
 * repeated. Repeated groups, references back and what is not known here are not.
 */
final class RegexShape {

    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 50;
    private static final int REPETITIONS = 4; // in one alternative: each may be tried at every length of the others

    private static final String OF_CHARACTERS = "sSdDwWhHrntfve";
    private static final String OF_PLACES = "bBAzZG";

    private static final int MOST = 1_000; // times of {1,1000}

    private static final java.util.regex.Pattern INTERVAL =
            java.util.regex.Pattern.compile("\\d{1,6}(,\\d{0,6})?|,\\d{1,6}");

    private final String expression;
    private int at;
    private boolean simple = true;
    private boolean empty;

    private RegexShape(String expression) {
        this.expression = expression;
    }

    /** An alternative or what it is made of. */
    private record Part(boolean empty, int repetitions) {}

    /** Looks at an expression; an {@link Unreadable} where it is longer or deeper than any tokenizer's. */
    static RegexShape of(String expression) {
        if (expression.length() > LONGEST) {
            throw new Unreadable("a regular expression of " + expression.length() + " characters");
        }
        RegexShape shape = new RegexShape(expression);
        shape.empty = shape.alternatives(0).empty;
        shape.simple &= shape.at == expression.length();
        return shape;
    }

    /** Whether it may match between two characters, where nothing is. */
    boolean matchesNothing() {
        return empty;
    }

    /** Whether it is sure to be done soon. */
    boolean isSimple() {
        return simple;
    }

    private Part alternatives(int depth) {
        if (depth > DEEPEST) {
            throw new Unreadable("a regular expression is nested deeper than " + DEEPEST);
        }
        boolean anyEmpty = false;
        int most = 0;
        do {
            Part one = alternative(depth);
            anyEmpty |= one.empty;
            most = Math.max(most, one.repetitions);
        } while (take('|'));
        return new Part(anyEmpty, most);
    }

    private Part alternative(int depth) {
        boolean allEmpty = true;
        int repetitions = 0;
        while (at < expression.length() && expression.charAt(at) != '|' && expression.charAt(at) != ')') {
            boolean group = expression.charAt(at) == '(';
            Part item = group ? group(depth) : single();
            Quantifier quantifier = quantifier();
            simple &= !group || quantifier.most <= 1;
            allEmpty &= item.empty || quantifier.least == 0;
            repetitions += item.repetitions + (quantifier.most > 1 ? 1 : 0);
        }
        simple &= repetitions <= REPETITIONS;
        return new Part(allEmpty, repetitions);
    }

    private Part group(int depth) {
        at++;
        boolean looks = false;
        if (take('?')) {
            int end = at;
            while (end < expression.length() && "imx-".indexOf(expression.charAt(end)) >= 0) {
                end++;
            }
            at = end;
            boolean behind = take('<');
            looks = take('=') || take('!');
            simple &= looks || (!behind && (take(':') || take('>')));
        }
        Part inside = alternatives(depth + 1);
        simple &= take(')') && (!looks || inside.repetitions == 0);
        return looks ? new Part(true, 0) : inside;
    }

    private Part single() {
        char c = expression.charAt(at);
        if (c == '\\') {
            return escape();
        }
        if (c == '[') {
            bracket();
            return new Part(false, 0);
        }
        at += Character.charCount(expression.codePointAt(at));
        return new Part(c == '^' || c == '$', 0);
    }

    private Part escape() {
        char c = at + 1 < expression.length() ? expression.charAt(at + 1) : '\\';
        at = Math.min(expression.length(), at + 2);
        if ((c == 'p' || c == 'P' || c == 'x') && at < expression.length() && expression.charAt(at) == '{') {
            int end = expression.indexOf('}', at);
            simple &= end > 0;
            at = end > 0 ? end + 1 : at;
        } else {
            boolean known = OF_CHARACTERS.indexOf(c) >= 0 || OF_PLACES.indexOf(c) >= 0;
            simple &= known || !Character.isLetterOrDigit(c);
        }
        return new Part(OF_PLACES.indexOf(c) >= 0, 0);
    }

    private void bracket() {
        int depth = 0;
        do {
            char c = expression.charAt(at);
            if (c == '\\') {
                at = Math.min(expression.length(), at + 2);
            } else if (c == '[') {
                depth++;
                at += expression.startsWith("[^", at) ? 2 : 1;
                take(']'); // the first one does not close
            } else {
                depth -= c == ']' ? 1 : 0;
                at++;
            }
        } while (depth > 0 && at < expression.length());
        simple &= depth == 0;
    }

    private record Quantifier(int least, int most) {

        static final Quantifier ONCE = new Quantifier(1, 1);
    }

    private Quantifier quantifier() {
        if (!isQuantifier()) {
            return Quantifier.ONCE;
        }
        boolean interval = expression.charAt(at) == '{';
        Quantifier found = nextQuantifier();
        if (interval && take('+')) { // repeats that
            found = new Quantifier(found.least, Integer.MAX_VALUE);
        } else if (interval && take('?')) { // behind {3} it makes that optional
            found = new Quantifier(0, found.most);
        } else if (take('?') || take('+')) { // says how it gives back
            simple &= !isQuantifier();
        }
        boolean more = isQuantifier();
        simple &= !more && (found.most <= MOST || found.most == Integer.MAX_VALUE);
        while (isQuantifier()) {
            found = new Quantifier(Math.min(found.least, nextQuantifier().least), Integer.MAX_VALUE);
        }
        return found;
    }

    private boolean isQuantifier() {
        return at < expression.length() && ("*+?".indexOf(expression.charAt(at)) >= 0 || endOfInterval() > 0);
    }

    /** Where the braces that are there end; -1 where there are none, or ordinary ones. */
    private int endOfInterval() {
        int end = expression.charAt(at) == '{' ? expression.indexOf('}', at) : -1;
        return end > 0 && INTERVAL.matcher(expression.substring(at + 1, end)).matches() ? end : -1;
    }

    private Quantifier nextQuantifier() {
        char c = expression.charAt(at);
        int end = endOfInterval();
        Quantifier next =
                switch (c) {
                    case '*' -> new Quantifier(0, Integer.MAX_VALUE);
                    case '+' -> new Quantifier(1, Integer.MAX_VALUE);
                    case '?' -> new Quantifier(0, 1);
                    default -> interval(expression.substring(at + 1, end));
                };
        at = end > 0 ? end + 1 : at + 1;
        return next;
    }

    private static Quantifier interval(String inside) {
        int comma = inside.indexOf(',');
        String least = comma < 0 ? inside : inside.substring(0, comma);
        String most = comma < 0 ? inside : inside.substring(comma + 1);
        return new Quantifier(
                least.isEmpty() ? 0 : Integer.parseInt(least),
                most.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(most));
    }

    private boolean take(char c) {
        boolean there = at < expression.length() && expression.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }
}
