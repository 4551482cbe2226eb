import dev.cloze.runtime.Labeled;
import java.util.List;

class GivenPair {

    static void use() {
        List<Labeled<Pair, Verdict>> train = List.of(
                new Labeled<>(new Pair("Anna walked to school.", "Anna went on foot."), Verdict.ENTAILED),
                new Labeled<>(new Pair("The cat never leaves.", "The cat stays."), Verdict.ENTAILED),
                new Labeled<>(new Pair("He lost his keys.", "He has them."), Verdict.NOT_ENTAILED),
                new Labeled<>(new Pair("It rained all day.", "The day was dry."), Verdict.NOT_ENTAILED));
        try (var tuned = PairPipeline.trainer().options(o -> o.withMaxSteps(4)).fit(train, train)) {
            tuned.predict(train.get(0).input());
        }
    }
}
