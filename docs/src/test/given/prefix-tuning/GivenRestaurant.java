import dev.cloze.runtime.TextPair;
import java.util.List;
import java.util.Optional;

class GivenRestaurant {

    static List<TextPair<Restaurant>> train = List.of(
            new TextPair<>(new Restaurant("the red lion", "greek", Optional.of("river")), "the red lion serves greek food."),
            new TextPair<>(new Restaurant("the old mill", "indian", Optional.empty()), "the old mill serves indian food."));

    static void use() {
        try (var tuned = RestaurantPipeline.trainer().fit(train, train)) {
            tuned.generate(train.get(0).input());
        }
    }
}
