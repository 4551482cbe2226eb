package dev.cloze.runtime.data;

import java.util.function.IntSupplier;

/** Draws of the Mersenne Twister, for tests of whatever else draws with one. */
public final class TwisterDraws {

    private TwisterDraws() {}

    /** Its draws after that seed, the lower 31 bits of each. */
    public static IntSupplier of31Bits(int seed) {
        MersenneTwister twister = new MersenneTwister(seed);
        return () -> twister.upTo(Integer.MAX_VALUE);
    }
}
