package dev.cloze.runtime.backbone.joint;

/** Where somebody sits at a {@link Meeting}. */
final class Seat {

    private final int rows;
    private final int place;

    /** How many questions were asked from here, by one thread. */
    int asked;

    /** Whether its thread does another's work meanwhile. The meeting guards it. */
    boolean covered;

    /**
     * A free seat.
     *
     * @param rows how many rows each of their prompts may come to have
     * @param place of what they ask, among what is asked in the same round
     */
    Seat(int rows, int place) {
        this.rows = rows;
        this.place = place;
    }

    int rows() {
        return rows;
    }

    int place() {
        return place;
    }
}
