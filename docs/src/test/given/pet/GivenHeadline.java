import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingOptions;
import java.util.List;

class GivenHeadline {

    static List<Labeled<Headline, Topic>> train = List.of(
            new Labeled<>(new Headline("Home team wins the cup"), Topic.SPORTS),
            new Labeled<>(new Headline("Bank raises its rates"), Topic.BUSINESS));
    static List<Labeled<Headline, Topic>> dev = List.of(
            new Labeled<>(new Headline("Late goal saves the match"), Topic.SPORTS),
            new Labeled<>(new Headline("Shares fall again"), Topic.BUSINESS));
    static List<Headline> unlabeled = List.of(new Headline("A coach resigns"), new Headline("Oil prices rise"));

    static TrainingOptions few(TrainingOptions options) {
        return options.withMaxSteps(8).with(PetOptions.DISTILLATION_STEPS, 20);
    }
}
