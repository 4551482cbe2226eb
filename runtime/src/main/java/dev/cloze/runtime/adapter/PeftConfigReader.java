package dev.cloze.runtime.adapter;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.vocabulary.folder.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code adapter_config.json}. */
final class PeftConfigReader {

    /** No more than a few kilobytes are ever written. */
    private static final long LARGEST = 1 << 20;

    /** Of models with their own head, which what is read has none of. */
    private static final Set<String> WITH_HEADS = Set.of("SEQ_CLS", "TOKEN_CLS", "QUESTION_ANS");

    private final Path file;
    private final JsonObject json;

    private PeftConfigReader(Path file, JsonObject json) {
        this.file = file;
        this.json = json;
    }

    /** {@code ADAPTER_UNREADABLE} or {@code ADAPTER_UNSUPPORTED}. */
    static PeftConfig read(Path file) {
        return new PeftConfigReader(file, json(file)).read();
    }

    private static JsonObject json(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw unreadable(
                        file, "it has " + Files.size(file) + " bytes; up to " + LARGEST + " are allowed", null);
            }
            if (JsonParser.parseString(Files.readString(file)) instanceof JsonObject object) {
                return object;
            }
            throw unreadable(file, "it is no JSON object", null);
        } catch (IOException | JsonParseException e) {
            throw unreadable(file, "it is no JSON text (it was cut short?)", e);
        }
    }

    private PeftConfig read() {
        String name = text("peft_type");
        if (name.isEmpty()) {
            throw unreadable(file, "it has no peft_type", null);
        }
        PeftType type = PeftType.of(name, folder());
        refuseHeads();
        boolean prefix = type == PeftType.PREFIX_TUNING;
        boolean multitask = type == PeftType.MULTITASK_PROMPT_TUNING;
        return new PeftConfig(
                type,
                base(),
                text("task_type"),
                number("num_virtual_tokens", 1, 0),
                number("token_dim", 1, 0),
                number("num_transformer_submodules", 1, text("task_type").equals("SEQ_2_SEQ_LM") ? 2 : 1),
                number("num_layers", prefix ? 1 : 0, 0),
                number("num_attention_heads", prefix ? 1 : 0, 0),
                number("num_tasks", 1, 1),
                number("num_ranks", multitask ? 1 : 0, 1));
    }

    /** With its revision; PEFT writes that of a path too, where it says nothing. */
    private String base() {
        String name = text("base_model_name_or_path");
        String pinned = name + "@" + text("revision");
        boolean plain = ModelName.of(name).filter(one -> one.revision() == null).isPresent();
        return plain && ModelName.of(pinned).isPresent() ? pinned : name;
    }

    /** A head that was trained with the prompt is no part of it. */
    private void refuseHeads() {
        JsonElement more = json.get("modules_to_save");
        boolean trained =
                more != null && more.isJsonArray() && !more.getAsJsonArray().isEmpty();
        if (trained || WITH_HEADS.contains(text("task_type"))) {
            throw new ClozeException(
                    Problem.ADAPTER_UNSUPPORTED,
                    "The adapter " + folder() + " has a head of its own ("
                            + (trained ? "modules_to_save = " + more : "task_type = " + text("task_type"))
                            + "), and answers by label words or by text are read without one.\n"
                            + "  Readable are adapters of the task types FEATURE_EXTRACTION, CAUSAL_LM and"
                            + " SEQ_2_SEQ_LM.\n"
                            + "  Train a head anew with @PTuningV2, or a prompt with @PromptTuning.");
        }
    }

    private Path folder() {
        return Objects.requireNonNullElse(file.getParent(), file);
    }

    private String text(String key) {
        JsonElement value = json.get(key);
        return value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : "";
    }

    /** A whole number from there to a million. */
    private int number(String key, int least, int absent) {
        JsonElement value = json.get(key);
        boolean missing = value == null || value.isJsonNull();
        String shown = missing ? "" : value.toString();
        int number = missing ? absent : shown.matches("\\d{1,7}") ? Integer.parseInt(shown) : -1;
        if (number < least || number > 1_000_000) {
            throw unreadable(
                    file,
                    missing
                            ? "it lacks " + key
                            : "its " + key + " is " + shown + ", which can't be: " + least + " or more",
                    null);
        }
        return number;
    }

    /** What to say of a file of an adapter that can't be used. */
    static ClozeException unreadable(Path file, String why, @Nullable Exception cause) {
        String details = "The adapter's file " + file + " can't be read: " + why
                + ".\n  PEFT writes " + String.join(" and ", List.of(AdapterFolder.CONFIG, AdapterFolder.WEIGHTS))
                + ": model.save_pretrained(folder). Fetch or save the folder again.";
        return cause == null
                ? new ClozeException(Problem.ADAPTER_UNREADABLE, details)
                : new ClozeException(Problem.ADAPTER_UNREADABLE, details, cause);
    }
}
