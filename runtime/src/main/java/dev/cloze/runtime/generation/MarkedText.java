package dev.cloze.runtime.generation;

import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.vocabulary.AddedTokens;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        String before = null;
        int from = 0;
        while (matcher.find()) {
            String name = matcher.group();
            add(ids, before, text.substring(from, matcher.start()), name);
            ids.add(tokenizer.id(name).orElseThrow());
            before = name;
            from = matcher.end();
        }
        add(ids, before, text.substring(from), null);
        return ids.toArray();
    }

    private void add(IntList ids, @Nullable String before, String between, @Nullable String behind) {
        AddedTokens tokens = tokenizer.addedTokens();
        String text = tokens.between(before, between, behind);
        if (!text.isEmpty()) {
            for (int id : tokenizer.encode(text, before == null || tokens.textBeginsBehind())) {
                ids.add(id);
            }
        }
    }
}
