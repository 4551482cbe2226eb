package dev.cloze.runtime.tuning;

import dev.cloze.runtime.model.ModelIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a product was made for, as the models read it.
 *
 * @param templates each with the words it has for the labels
 * @param maxLength tokens of an input at most; 0 where nothing is cut
 * @param models the models it needs, in the order of the method's choice
 * @param settings what else a method has to know to read it again, by name
 */
public record ProductIdentity(
        List<Template> templates, int maxLength, List<ModelIdentity> models, Map<String, String> settings) {

    /** The setting that names the kind of a verbalizer which trained something beside the method; left out where it did not. */
    public static final String VERBALIZER = "verbalizer";

    /** Refuses a part that is missing. */
    public ProductIdentity {
        templates = List.copyOf(Objects.requireNonNull(templates, "product.templates"));
        models = List.copyOf(Objects.requireNonNull(models, "product.models"));
        settings = java.util.Collections.unmodifiableMap(
                new TreeMap<>(Objects.requireNonNull(settings, "product.settings")));
    }

    /** The same with the names of these labels where constants have been saved by their texts, as earlier versions did. */
    public ProductIdentity named(List<?> all) {
        return new ProductIdentity(
                templates.stream().map(template -> template.named(all)).toList(), maxLength, models, settings);
    }

    /**
     * A template.
     *
     * @param text as declared
     * @param labels in the order of the enum, none where text is written
     */
    public record Template(String text, List<Label> labels) {

        /** Refuses a part that is missing. */
        public Template {
            Objects.requireNonNull(text, "product.templates.text");
            labels = List.copyOf(Objects.requireNonNull(labels, "product.templates.labels"));
        }

        private Template named(List<?> all) {
            int[] places =
                    LabelNames.places(all, labels.stream().map(Label::name).toList());
            List<Label> named = new ArrayList<>(labels);
            for (int i = 0; i < places.length; i++) {
                if (places[i] >= 0) {
                    named.set(
                            places[i],
                            new Label(
                                    LabelNames.of(all.get(i)),
                                    labels.get(places[i]).words()));
                }
            }
            return new Template(text, named);
        }
    }

    /**
     * A label.
     *
     * @param name the enum constant
     * @param words its label words
     */
    public record Label(String name, List<Word> words) {

        /** Refuses a part that is missing. */
        public Label {
            Objects.requireNonNull(name, "product.templates.labels.name");
            words = List.copyOf(Objects.requireNonNull(words, "product.templates.labels.words"));
        }
    }

    /**
     * A label word.
     *
     * @param text as written
     * @param tokenIds the model's tokens for it
     */
    public record Word(String text, List<Integer> tokenIds) {

        /** Refuses a part that is missing. */
        public Word {
            Objects.requireNonNull(text, "product.templates.labels.words.text");
            tokenIds = List.copyOf(Objects.requireNonNull(tokenIds, "product.templates.labels.words.tokenIds"));
        }
    }
}
