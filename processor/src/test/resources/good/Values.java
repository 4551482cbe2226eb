package example;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** A value of every type a placeholder can have, from every kind of member it can be read from. */
public final class Values {
    enum Answer {
        @LabelWords("yes")
        YES,
        @LabelWords("no")
        NO {
            @Override
            public String toString() {
                return "rather not";
            }
        }
    }

    record Address(String town, List<String> lines) {}

    record Author(String name, Optional<String> nickname, Address address) {}

    interface Rated {
        default Integer getStars() {
            return 5;
        }
    }

    abstract static class Base<T extends Comparable<T>> {
        public T inherited;
        protected List<T> several;

        public T getNote() {
            return inherited;
        }

        abstract Number rank();
    }

    @Template("{text} {octet} {small} {whole} {large} {single} {real} {letter} {flag} {boxed} {exact} {huge} {answer}"
            + " {title} {sold} {ready} {URL} {maybe} {never} {unless} {count} {fit} {chosen} {tags} {none} {numbers}"
            + " {answers} {sizes} {perhaps} {author.name} {author.nickname} {author.address.town}"
            + " {author.address.lines} {inherited} {several} {note} {stars} {rank} {mask}")
    @Verbalizer(labels = Answer.class)
    static final class Bean extends Base<String> implements Rated {
        public String text = " of the field ";
        public byte octet = -1;
        public short small = 2;
        int whole = 3;
        protected long large = 4_000_000_000L;
        public float single = 0.1f;
        public final double real = 1e10;
        public char letter = 'x';
        public boolean flag = true;
        public Integer boxed = -7;
        public BigDecimal exact = new BigDecimal("12.50");
        public BigInteger huge = BigInteger.TEN.pow(20);
        public Answer answer = Answer.NO;
        public Optional<String> maybe = Optional.of("here");
        public Optional<String> never = Optional.empty();
        public Optional<Double> unless = Optional.empty();
        public Optional<Long> count = Optional.of(5L);
        public Optional<Boolean> fit = Optional.of(true);
        public Optional<Answer> chosen = Optional.of(Answer.YES);
        public List<String> tags = List.of("a", "", "b");
        public List<String> none = List.of();
        public List<? extends Number> numbers = List.of(1, 2.5);
        public List<Answer> answers = List.of(Answer.YES, Answer.NO);
        public Optional<List<Integer>> sizes = Optional.of(List.of(1, 2));
        public List<Optional<Boolean>> perhaps = List.of(Optional.of(false), Optional.empty());
        Author author = new Author("Ada", Optional.empty(), new Address("London", List.of("1 High St", "N1")));

        Bean() {
            inherited = "from above";
            several = List.of("p", "q");
        }

        public String getTitle() {
            return "of the getter";
        }

        public boolean isSold() {
            return false;
        }

        public Boolean isReady() {
            return true;
        }

        public char getURL() {
            return 'u';
        }

        @Override
        Number rank() {
            return 3;
        }
    }

    @Template("{first} {second} {author.name} {author.nickname} {stars} {both}: {mask}")
    @Verbalizer(labels = Answer.class)
    record Pair(String first, int second, Author author) implements Rated {
        Pair() {
            this("one", 2, new Author("Bob", Optional.of("Bobby"), null));
        }

        String both() {
            return first + second;
        }
    }
}
