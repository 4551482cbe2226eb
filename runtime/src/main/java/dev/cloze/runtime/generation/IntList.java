package dev.cloze.runtime.generation;

import java.util.Arrays;

/** A growing list of numbers without boxes. */
final class IntList {

    private int[] values;
    private int size;

    IntList() {
        this(new int[0]);
    }

    /** A list that starts with these. */
    IntList(int[] start) {
        values = Arrays.copyOf(start, start.length + 16);
        size = start.length;
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int last() {
        return values[size - 1];
    }

    int size() {
        return size;
    }

    /** The numbers from that place on. */
    int[] from(int start) {
        return Arrays.copyOfRange(values, start, size);
    }

    int[] toArray() {
        return from(0);
    }
}
