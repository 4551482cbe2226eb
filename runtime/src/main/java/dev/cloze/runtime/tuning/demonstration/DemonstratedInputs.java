package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.mask.InputEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Inputs with demonstrations: for each of its sets of them, an input is one text. */
public final class DemonstratedInputs implements InputEncoding {

    private final DemonstratedTemplate template;
    private final DemonstrationPool pool;
    private final DemonstrationSets sets;

    /** Inputs in this template, with these sets from that pool. */
    public DemonstratedInputs(DemonstratedTemplate template, DemonstrationPool pool, DemonstrationSets sets) {
        this.template = template;
        this.pool = pool;
        this.sets = sets;
    }

    @Override
    public IntFunction<List<List<EncodedText>>> of(List<Map<String, String>> inputs) {
        List<int[][]> chosen = sets.of(inputs);
        return masks -> IntStream.range(0, inputs.size())
                .mapToObj(i -> Arrays.stream(chosen.get(i))
                        .map(set -> template.text(inputs.get(i), masks, pool.at(set)))
                        .toList())
                .toList();
    }

    @Override
    public boolean surroundsEachByItself() {
        return sets.areOfEachInput();
    }

    @Override
    public InputEncoding inPlacesOf(List<Map<String, String>> inputs) {
        List<int[][]> chosen = sets.of(inputs);
        return new DemonstratedInputs(template, pool, others -> chosen);
    }
}
