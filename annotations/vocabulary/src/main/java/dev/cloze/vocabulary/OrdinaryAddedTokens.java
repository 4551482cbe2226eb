package dev.cloze.vocabulary;

import java.util.List;
import java.util.function.IntConsumer;

/** The ordinary added tokens of a file, which are cut out of a text before the model sees the rest. */
final class OrdinaryAddedTokens {

    private final Normalizer normalizer;
    private final AddedTokenSplitter asTheyAre;
    private final AddedTokenSplitter atStart;
    private final AddedTokenSplitter later;

    OrdinaryAddedTokens(List<AddedToken> tokens, Normalizer normalizer) {
        this.normalizer = normalizer;
        this.asTheyAre = new AddedTokenSplitter(
                tokens.stream().filter(token -> !token.normalized()).toList());
        // A mark of the text's start is put before such a token as well, as the library does it.
        this.atStart = normalized(tokens, Place.TEXT_START);
        this.later = normalized(tokens, Place.AFTER_SPECIAL);
    }

    private AddedTokenSplitter normalized(List<AddedToken> tokens, Place place) {
        return new AddedTokenSplitter(tokens.stream()
                .filter(AddedToken::normalized)
                .map(token -> token.with(normalizer.normalize(token.content(), place)))
                .toList());
    }

    /** Normalizes the text and hands out its parts in order: added tokens by id, and what is between them. */
    void split(String text, Place place, AddedTokenSplitter.Between between, IntConsumer token) {
        AddedTokenSplitter normalized = place == Place.TEXT_START ? atStart : later;
        asTheyAre.split(
                text,
                true,
                (part, first) -> normalized.split(normalizer.normalize(part, place), first, between, token),
                token);
    }
}
