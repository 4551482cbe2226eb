package example;

import dev.cloze.annotations.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every shape a component and its type can have. */
public class Shapes {
    public sealed interface Choice permits Answer {}

    public enum Answer implements Choice {
        @LabelWords("yes")
        YES {
            @Override
            boolean sure() {
                return true;
            }
        },
        @LabelWords("no")
        NO;

        boolean sure() {
            return false;
        }
    }

    public static class Tags extends ArrayList<Boolean> {
        private static final long serialVersionUID = 1;
    }

    interface Named<T extends CharSequence & Comparable<T>> {
        T getName();
    }

    interface Scored<N extends Number> {
        default Optional<? extends N> score() {
            return Optional.empty();
        }
    }

    static class Hidden<E extends Enum<E>> {
        protected int size;
        public Object covered;
        public E choice;
    }

    static class Nested<T> {
        public T value;
        public List<? extends T> values;
    }

    @Template("{name} {score} {size} {covered} {choice} {nested.value.value} {nested.value.values} {tags} {fresh} {URL} {sure}"
            + " {counts} {outer} {mask}")
    @Verbalizer(labels = Answer.class)
    public static final class Task extends Hidden<Answer> implements Named<String>, Scored<Integer> {
        public @Nullable String covered;
        Nested<Nested<Long>> nested;
        public Tags tags;

        @Override
        public String getName() {
            return "";
        }

        public Boolean isFresh() {
            return true;
        }

        public char getURL() {
            return ' ';
        }

        public Optional<List<Answer>> sure() {
            return Optional.empty();
        }

        public List<Optional<Double>> getCounts() {
            return List.of();
        }

        public long outer() {
            return 1;
        }

        public long outer(int overloaded) {
            return overloaded;
        }
    }

    @Template("{title} {mask}")
    @Verbalizer(labels = Answer.class)
    public class Inner {
        public final String title = "";
    }
}
