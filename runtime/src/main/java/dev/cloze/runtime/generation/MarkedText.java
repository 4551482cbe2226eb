package dev.cloze.runtime.generation;

import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds names of special tokens in texts whose author means the tokens, as in the turns of a chat. */
final class MarkedText {

    private final Tokenizer tokenizer;
    private final Pattern names;

    MarkedText(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        // Of two names that begin alike the longer one is meant; without any name nothing matches.
        String longestFirst = tokenizer.specialNames().stream()
                .filter(name -> !name.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.names = Pattern.compile(longestFirst.isEmpty() ? "(?!)" : longestFirst);
    }

    /** The names that stand in a text, in the order of their first places. */
    Set<String> namesIn(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = names.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    /** The ids of a text whose names of special tokens are these tokens. */
    int[] encode(String text) {
        IntList ids = new IntList();
        Matcher matcher = names.matcher(text);
        int from = 0;
        while (matcher.find()) {
            add(ids, text, from, matcher.start());
            ids.add(tokenizer.id(matcher.group()).orElseThrow());
            from = matcher.end();
        }
        add(ids, text, from, text.length());
        return ids.toArray();
    }

    private void add(IntList ids, String text, int from, int to) {
        if (from < to) {
            for (int id : tokenizer.encode(text.substring(from, to), from == 0)) {
                ids.add(id);
            }
        }
    }
}
