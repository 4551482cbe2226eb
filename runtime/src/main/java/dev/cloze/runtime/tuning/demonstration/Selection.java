package dev.cloze.runtime.tuning.demonstration;

import java.util.Map;
import java.util.Optional;

/**
 * How demonstrations are chosen for each input.
 *
 * @param sets sets for an input
 * @param ofEach the likest of each label at most, as many as have room; 0 for one of each label, among those that are like
 *     enough
 * @param seed what chooses among those that are like enough
 */
public record Selection(int sets, int ofEach, long seed) {

    private static final String SETS = "similarity.sets";
    private static final String OF_EACH = "similarity.demonstrations";
    private static final String SEED = "similarity.seed";

    /** As settings of a product. */
    Map<String, String> settings() {
        return Map.of(SETS, Integer.toString(sets), OF_EACH, Integer.toString(ofEach), SEED, Long.toString(seed));
    }

    /** What {@link #settings} gave; nothing where there is none, or no number. */
    static Optional<Selection> read(Map<String, String> settings) {
        try {
            return Optional.of(new Selection(
                    Integer.parseInt(settings.getOrDefault(SETS, "")),
                    Integer.parseInt(settings.getOrDefault(OF_EACH, "")),
                    Long.parseLong(settings.getOrDefault(SEED, ""))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The sets. */
    DemonstrationSets of(SentenceVectors vectors, DemonstrationPool pool, Similarity similarity, int room) {
        return ofEach == 0
                ? SimilarSets.oneOfEach(vectors, similarity, sets, seed)
                : SimilarSets.likest(vectors, pool, similarity, sets, ofEach, room);
    }
}
