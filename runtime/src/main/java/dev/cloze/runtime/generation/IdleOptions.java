package dev.cloze.runtime.generation;

import dev.cloze.annotations.option.Option;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.option.WritingOptions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Options of writing that are set and do nothing, as the one that they need is not. Who has all options at once is refused; in
 * Java they are set one after the other, so that the log says it.
 */
public final class IdleOptions {

    private static final Logger LOG = LoggerFactory.getLogger(IdleOptions.class);

    private static final Map<String, String> USUAL =
            GenerationOptions.defaults().values();

    /** Once a process: a text may be written for each of many inputs. */
    static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private IdleOptions() {}

    private record Idle(Option<?> option, Option<?> needed, int present) {

        String sentence(UnaryOperator<String> spelt) {
            return spelt.apply(option.name()) + " does nothing where " + spelt.apply(needed.name()) + " is " + present
                    + ".";
        }

        String cure(UnaryOperator<String> spelt) {
            return "Give " + spelt.apply(needed.name()) + " a value above " + present + ", or leave "
                    + spelt.apply(option.name()) + " out.";
        }
    }

    /**
     * Refuses options of which one does nothing.
     *
     * @param spelt how whoever sets them writes the option of a name
     * @throws ClozeException GENERATION_OPTION_OUT_OF_RANGE
     */
    public static void refuse(GenerationOptions options, UnaryOperator<String> spelt) {
        Optional<Idle> found = find(options).findFirst();
        if (found.isPresent()) {
            Idle idle = found.get();
            throw new ClozeException(
                    Problem.GENERATION_OPTION_OUT_OF_RANGE, idle.sentence(spelt) + "\n  " + idle.cure(spelt));
        }
    }

    /** Logs which do nothing. */
    static void log(GenerationOptions options) {
        find(options).map(idle -> idle.sentence(name -> name)).filter(SAID::add).forEach(LOG::warn);
    }

    private static Stream<Idle> find(GenerationOptions options) {
        Map<String, String> values = options.values();
        return Stream.concat(
                        options.temperature() == 0 ? ofDraws() : Stream.empty(),
                        options.beams() == 1 ? ofBeams() : Stream.empty())
                .filter(idle -> !Objects.equals(
                        values.get(idle.option().name()),
                        USUAL.get(idle.option().name())));
    }

    private static Stream<Idle> ofDraws() {
        return Stream.of(WritingOptions.TOP_K, WritingOptions.TOP_P, WritingOptions.SEED)
                .map(option -> new Idle(option, WritingOptions.TEMPERATURE, 0));
    }

    private static Stream<Idle> ofBeams() {
        return Stream.of(WritingOptions.LENGTH_PENALTY, WritingOptions.EARLY_STOPPING)
                .map(option -> new Idle(option, WritingOptions.BEAMS, 1));
    }
}
