import dev.cloze.runtime.Labeled;
import java.util.List;

class GivenClaim {

    static void use() {
        List<Labeled<Claim, Verdict>> train = List.of(
                new Labeled<>(new Claim("Anna walked to school.", "Anna went on foot."), Verdict.ENTAILED),
                new Labeled<>(new Claim("The cat never leaves.", "The cat stays."), Verdict.ENTAILED),
                new Labeled<>(new Claim("He lost his keys.", "He has them."), Verdict.NOT_ENTAILED),
                new Labeled<>(new Claim("It rained all day.", "The day was dry."), Verdict.NOT_ENTAILED));
        try (var tuned = ClaimPipeline.trainer().options(o -> o.withMaxSteps(4)).fit(train, train)) {
            tuned.predict(train.get(0).input());
        }
    }
}
