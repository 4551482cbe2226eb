import dev.cloze.runtime.TextPair;
import java.util.List;

class GivenRestaurant {

    static List<TextPair<Restaurant>> train = List.of(
            new TextPair<>(new Restaurant("the red lion", "greek"), "the red lion serves greek food."),
            new TextPair<>(new Restaurant("the old mill", "indian"), "the old mill serves indian food."));
    static List<TextPair<Restaurant>> dev =
            List.of(new TextPair<>(new Restaurant("the vaults", "french"), "the vaults serves french food."));
    static List<TextPair<Restaurant>> test = dev;
}
