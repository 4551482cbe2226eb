package dev.cloze.runtime.tuning;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A product that leaves the model it asks as it is, so that what it asks can ride in one pass with what others ask.
 *
 * @param model the lease of which stays the product's
 * @param over what answers as the product does, but asks that backbone in place of the model's: for as long as the product is
 *     open
 * @param <A> the kind of answers
 */
public record Sharing<A>(LanguageModel model, Function<Backbone, A> over) {

    /** The same for what is made of the answers. */
    public <B> Sharing<B> map(Function<A, B> made) {
        return new Sharing<>(model, backbone -> made.apply(over.apply(backbone)));
    }

    /** All of them together; empty where one shares nothing, or another model than the first. */
    public static <A> Optional<Sharing<List<A>>> all(List<Optional<Sharing<A>>> each) {
        List<Sharing<A>> sharing = each.stream().flatMap(Optional::stream).toList();
        if (sharing.isEmpty() || sharing.size() < each.size()) {
            return Optional.empty();
        }
        LanguageModel model = sharing.get(0).model();
        return sharing.stream().allMatch(one -> one.model() == model)
                ? Optional.of(new Sharing<>(model, backbone -> sharing.stream()
                        .map(one -> one.over().apply(backbone))
                        .toList()))
                : Optional.empty();
    }
}
