package dev.cloze.runtime.adapter;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.cloze.vocabulary.folder.ModelName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code adapter_config.json} says that matters where a prompt is put into a model.
 *
 * @param type the kind of adapter
 * @param base the name of the model it was trained on, with its revision behind an {@code @} where one is pinned; empty
 *     where nobody says it
 * @param taskType {@code CAUSAL_LM} and the like; empty where nobody says it
 * @param length P, virtual tokens or places of a prefix
 * @param tokenDim numbers of a word embedding or, of a prefix, of all heads of a key together
 * @param submodules 2 where the adapter is laid out for an encoder and a decoder, otherwise 1
 * @param layers of the model, L; 0 where nobody says it
 * @param heads of keys and values, H; 0 where nobody says it
 * @param tasks how many tasks share it
 * @param ranks r, of the matrix that a task has of its own
 */
public record PeftConfig(
        PeftType type,
        String base,
        String taskType,
        int length,
        int tokenDim,
        int submodules,
        int layers,
        int heads,
        int tasks,
        int ranks) {

    /** Of virtual tokens of which nothing is known but their numbers. */
    static PeftConfig ofArray(int length, int size) {
        return new PeftConfig(PeftType.PROMPT_TUNING, "", "", length, size, 1, 0, 0, 1, 0);
    }

    /** The same of another model. */
    public PeftConfig withBase(String name) {
        return new PeftConfig(type, name, taskType, length, tokenDim, submodules, layers, heads, tasks, ranks);
    }

    /** The prompt of one task alone. */
    PeftConfig ofOneTask() {
        return new PeftConfig(
                PeftType.PROMPT_TUNING, base, taskType, length, tokenDim, submodules, layers, heads, 1, 0);
    }

    /** The same of a prompt that so many tasks share. */
    public PeftConfig ofTasks(int number, int rank) {
        return new PeftConfig(
                PeftType.MULTITASK_PROMPT_TUNING,
                base,
                taskType,
                length,
                tokenDim,
                submodules,
                layers,
                heads,
                number,
                rank);
    }

    /** Keys and values of one place, 2 L H D. */
    public long prefixWidth() {
        return 2L * layers * tokenDim;
    }

    /**
     * The file's content as PEFT writes it, in the order of the alphabet, with those keys alone that PEFT 0.10 knows: it
     * refuses others.
     */
    JsonObject json() {
        JsonObject json = new JsonObject();
        json.add("auto_mapping", JsonNull.INSTANCE);
        Optional<ModelName> pinned = ModelName.of(base).filter(name -> name.revision() != null);
        add(json, "base_model_name_or_path", pinned.map(ModelName::repository).orElse(base));
        if (type == PeftType.PREFIX_TUNING) {
            json.addProperty("encoder_hidden_size", tokenDim);
        }
        json.addProperty("inference_mode", true);
        json.addProperty("num_attention_heads", heads);
        json.addProperty("num_layers", layers);
        if (type == PeftType.MULTITASK_PROMPT_TUNING) {
            json.addProperty("num_ranks", ranks);
            json.addProperty("num_tasks", tasks);
        }
        json.addProperty("num_transformer_submodules", submodules);
        json.addProperty("num_virtual_tokens", length);
        json.addProperty("peft_type", type.name());
        if (type == PeftType.PREFIX_TUNING) {
            json.addProperty("prefix_projection", false);
        } else if (type != PeftType.P_TUNING) {
            json.addProperty("prompt_tuning_init", "RANDOM");
        }
        add(json, "revision", pinned.map(ModelName::revision).orElse(""));
        add(json, "task_type", taskType);
        json.addProperty("token_dim", tokenDim);
        return json;
    }

    private static void add(JsonObject json, String key, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            json.add(key, JsonNull.INSTANCE);
        } else {
            json.addProperty(key, text);
        }
    }
}
