package dev.cloze.vocabulary.folder;

import dev.cloze.problem.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Those of the hub that are asked for most, of types that can be run. */
    private static final List<String> OF_HUB = List.of(
            "FacebookAI/roberta-base",
            "FacebookAI/roberta-large",
            "FacebookAI/xlm-roberta-base",
            "HuggingFaceTB/SmolLM2-135M",
            "HuggingFaceTB/SmolLM2-135M-Instruct",
            "HuggingFaceTB/SmolLM2-360M",
            "albert/albert-base-v2",
            "answerdotai/ModernBERT-base",
            "bert-base-cased",
            "bert-base-chinese",
            "bert-base-multilingual-cased",
            "bert-base-uncased",
            "bert-large-uncased",
            "distilbert-base-uncased",
            "distilroberta-base",
            "google-bert/bert-base-cased",
            "google-bert/bert-base-uncased",
            "google/flan-t5-base",
            "google/flan-t5-small",
            "gpt2",
            "hfl/chinese-roberta-wwm-ext",
            "microsoft/deberta-v3-base",
            "openai-community/gpt2",
            "roberta-base",
            "roberta-large",
            "t5-base",
            "t5-small",
            "xlm-roberta-base");

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
        return OF_HUB.contains(model);
    }

    /**
     * The sentence {@code Did you mean "x"?}, or an empty one where the name is known or like no other.
     *
     * @param atHand names of models that are there
     */
    public static String suggestion(String model, Collection<String> atHand) {
        TreeSet<String> names = new TreeSet<>(atHand);
        names.addAll(ARTIFACTS.keySet());
        names.addAll(OF_HUB);
        return names.contains(model) ? "" : NearestName.suggestion(model, names);
    }
}
