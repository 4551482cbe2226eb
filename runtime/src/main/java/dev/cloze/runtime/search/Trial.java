package dev.cloze.runtime.search;

import java.util.Map;

/**
 * A candidate of a search that is to be tuned with.
 *
 * @param title what it is, behind its number: {@code "{text} It was {mask}."}
 * @param task with this candidate
 * @param inputs what makes its training another one than those of other candidates, by name
 */
public record Trial(String title, SearchedTask task, Map<String, String> inputs) {

    public Trial {
        inputs = Map.copyOf(inputs);
    }
}
