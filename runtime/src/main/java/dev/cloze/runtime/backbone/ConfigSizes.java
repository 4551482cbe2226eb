package dev.cloze.runtime.backbone;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.util.Arrays;
import java.util.Set;

/**
 * Refuses sizes of a config.json that the weights beside it cannot have, before anything is made of them: a number with too many
 * digits would otherwise take all memory.
 */
final class ConfigSizes {

    /** Of what each has tensors of its own; ALBERT's layers share theirs, so that there may be some more. */
    private static final Set<String> PARTS = Set.of(
            "num_hidden_layers",
            "num_layers",
            "num_decoder_layers",
            "n_layers",
            "n_layer",
            "num_hidden_groups",
            "inner_group_num");

    private static final int SHARED_PARTS = 1_000;

    /** None of which is more than rows or columns of some tensor. */
    private static final Set<String> WIDTHS = Set.of(
            "vocab_size",
            "hidden_size",
            "intermediate_size",
            "embedding_size",
            "type_vocab_size",
            "num_attention_heads",
            "num_key_value_heads",
            "head_dim",
            "n_embd",
            "n_head",
            "n_inner",
            "dim",
            "hidden_dim",
            "n_heads",
            "d_model",
            "d_kv",
            "d_ff",
            "num_heads");

    /** What is less far off is better told by the tensor that it doesn't fit. */
    private static final int FAR = 16;

    private ConfigSizes() {}

    static void check(JsonObject config, Checkpoint checkpoint) {
        int tensors = checkpoint.names().size();
        long widest = checkpoint.names().stream()
                .flatMapToLong(name -> Arrays.stream(checkpoint.shape(name)))
                .max()
                .orElse(0);
        config.asMap().forEach((key, value) -> {
            if (value instanceof JsonPrimitive number && number.isNumber()) {
                if (PARTS.contains(key) && number.getAsDouble() > Math.max(tensors, SHARED_PARTS)) {
                    throw refused(key, number, "have " + tensors + " tensors in all");
                }
                if (WIDTHS.contains(key) && number.getAsDouble() > FAR * (double) widest) {
                    throw refused(key, number, "have no tensor with more than " + widest + " rows or columns");
                }
            }
        });
    }

    private static ClozeException refused(String key, JsonPrimitive number, String why) {
        return new ClozeException(
                Problem.MODEL_CONFIG,
                "config.json gives " + key + " = " + number + ", but the weights beside it " + why
                        + ".\n  One of the two belongs to another model, or the number has been changed by hand.");
    }
}
