package dev.cloze.runtime.tuning.loop;

import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.TrainingTask;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the weights that a model's training ends with depend on, beside its options: a checkpoint of another one is refused. */
public final class TrainingIdentity {

    private TrainingIdentity() {}

    /**
     * What all trainings of a model have, by name, to be added to.
     *
     * @param maxLength tokens of an input at most
     * @param dataHash of the training examples as the model reads them
     * @param devHash of the development examples
     */
    public static Map<String, String> of(
            LanguageModel model, String task, String template, int maxLength, String dataHash, String devHash) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("task", task);
        identity.put("template", template);
        identity.put("maxLength", Integer.toString(maxLength));
        identity.put("backbone", model.folder().weightsHash());
        identity.put("tokenizer", model.folder().tokenizerHash());
        identity.put(TrainingTask.TRAINING_DATA, dataHash);
        identity.put(TrainingTask.DEVELOPMENT_DATA, devHash);
        return identity;
    }
}
