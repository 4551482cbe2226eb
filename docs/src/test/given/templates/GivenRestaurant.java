import dev.cloze.runtime.TextPair;
import java.util.List;

class GivenRestaurant {

    static void use() {
        try (var pretrained = RestaurantPipeline.pretrained()) {
            pretrained.generate(new Restaurant("the vaults", List.of("french", "greek"), "the river"));
        }
    }

}
