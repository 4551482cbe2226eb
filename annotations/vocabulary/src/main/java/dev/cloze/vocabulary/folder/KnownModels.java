package dev.cloze.vocabulary.folder;

import dev.cloze.problem.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Names of models that are known without looking anywhere, to tell what was probably meant. */
public final class KnownModels {

    /** Our own, each by the artifact that brings it. */
    private static final Map<String, String> ARTIFACTS = new TreeMap<>(Map.of(
            "cloze-small-en", "cloze-model-default",
            "cloze-tiny-en", "cloze-model-tiny",
            "cloze-small-zh", "cloze-model-zh",
            "cloze-lm-tiny-en", "cloze-model-lm-tiny",
            "cloze-t5-small-en", "cloze-model-t5"));

    /** What begins like this and names no organisation is none of the hub's. */
    private static final String OWN = "cloze-";

    /** Those of the hub that are asked for most, by their {@code model_type}, of types that can be run. */
    private static final Map<String, List<String>> OF_HUB = Map.of(
            "albert",
            List.of("albert/albert-base-v2"),
            "bert",
            List.of(
                    "bert-base-cased",
                    "bert-base-chinese",
                    "bert-base-multilingual-cased",
                    "bert-base-uncased",
                    "bert-large-uncased",
                    "google-bert/bert-base-cased",
                    "google-bert/bert-base-uncased",
                    "hfl/chinese-roberta-wwm-ext"),
            "distilbert",
            List.of("distilbert-base-uncased"),
            "gpt2",
            List.of("gpt2", "openai-community/gpt2"),
            "llama",
            List.of("HuggingFaceTB/SmolLM2-135M", "HuggingFaceTB/SmolLM2-135M-Instruct", "HuggingFaceTB/SmolLM2-360M"),
            "roberta",
            List.of(
                    "FacebookAI/roberta-base",
                    "FacebookAI/roberta-large",
                    "distilroberta-base",
                    "roberta-base",
                    "roberta-large"),
            "t5",
            List.of("google/flan-t5-base", "google/flan-t5-small", "t5-base", "t5-small"),
            "xlm-roberta",
            List.of("FacebookAI/xlm-roberta-base", "xlm-roberta-base"));

    private KnownModels() {}

    /** The artifact that brings this model, as {@code dev.cloze:cloze-model-tiny}; nothing where it is none of ours. */
    public static Optional<String> artifact(String model) {
        return Optional.ofNullable(ARTIFACTS.get(model)).map(artifact -> "dev.cloze:" + artifact);
    }

    /** Whether a name is meant as one of ours, so that it is none of the hub's, rightly spelt or not. */
    public static boolean isOwn(String model) {
        return model.startsWith(OWN) && !model.contains("/");
    }

    /** Whether the hub has a model of this name. */
    public static boolean isOfHub(String model) {
        return OF_HUB.values().stream().anyMatch(names -> names.contains(ModelName.repository(model)));
    }

    /** The {@code model_type}s of the models of the hub that are known. */
    public static Set<String> typesOfHub() {
        return OF_HUB.keySet();
    }

    /**
     * The sentence {@code Did you mean "x"?}, or an empty one where the name is known or like no other. A revision that is pinned has
     * no part in it.
     *
     * @param atHand names of models that are there
     */
    public static String suggestion(String model, Collection<String> atHand) {
        TreeSet<String> names = new TreeSet<>(atHand);
        names.addAll(ARTIFACTS.keySet());
        OF_HUB.values().forEach(names::addAll);
        String wanted = ModelName.of(model).map(ModelName::repository).orElse(model);
        return names.contains(model) || names.contains(wanted) ? "" : NearestName.suggestion(wanted, names);
    }
}
