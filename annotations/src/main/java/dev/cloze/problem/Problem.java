package dev.cloze.problem;

import java.util.EnumSet;
import java.util.Set;

/**
 * Every problem Cloze can report, by code.
 *
 * <p>A constant's {@link #code()} is a heading of {@code docs/errors.md}, where its cause and cure are explained, and
 * for those the compiler reports, a folder of the processor's {@code bad/} tests.
 */
public enum Problem {
    // The compiler's, repeated by the runtime with the same code.
    TEMPLATE_SYNTAX,
    TEMPLATE_UNKNOWN_PLACEHOLDER,
    TEMPLATE_UNKNOWN_SPECIAL_TOKEN,
    TEMPLATE_PLACEHOLDER_TYPE,
    TEMPLATE_MISSING_MASK,
    TEMPLATE_REPEATED_MASK,
    TEMPLATE_MISSING_SPAN,
    TEMPLATE_REPEATED_SPANS,
    TEMPLATE_MASK_NOT_LAST,
    TEMPLATE_NO_PLACEHOLDER,
    TEMPLATE_TOO_LONG,
    DEMONSTRATIONS_TOO_LONG,
    TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD,
    TEMPLATE_REPEATED,
    TEMPLATE_WORDS_INCOMPLETE,
    VERBALIZER_MISSING_LABEL,
    VERBALIZER_UNKNOWN_LABEL,
    VERBALIZER_REPEATED_LABEL,
    VERBALIZER_TOO_FEW_LABELS,
    VERBALIZER_EMPTY_WORDS,
    VERBALIZER_MULTI_TOKEN_WORD,
    VERBALIZER_UNKNOWN_WORD,
    VERBALIZER_DUPLICATE_WORD,
    SCALE_RANGE,
    CANDIDATE_WHITE_SPACE,
    TUNING_OPTION_NOT_APPLICABLE,
    TUNING_OPTION_OUT_OF_RANGE,
    TUNING_BACKBONE_UNSUPPORTED,
    TUNING_NOTHING_TO_TRAIN,
    TUNING_UNKNOWN_BACKBONE,
    TUNING_SEVERAL_TEMPLATES,
    TUNING_TOO_FEW_MODELS,
    TUNING_PROMPT_LENGTH_MISSING,
    TOKENIZER_TOO_LARGE,
    TASK_NOT_CONCRETE,
    TASK_PRIVATE,
    TASK_GENERIC,
    TASK_ACCESSOR_MISSING,
    TASK_TEMPLATE_MISSING,
    TASK_VERBALIZER_MISSING,
    TASK_SEVERAL_KINDS,
    TASK_NAME_TAKEN,
    TASK_NAME_TOO_LONG,
    TASK_TOO_LARGE,
    INTERNAL_ERROR,

    // Engine and devices.
    DEVICE_UNAVAILABLE,
    PRECISION_UNAVAILABLE,
    THREADS_SETTING,
    ENGINE_LIBTORCH,
    ENGINE_FAILURE,
    PIPELINE_CLOSED,

    // Models, checkpoints, tokenizers.
    MODEL_NOT_FOUND,
    MODEL_REVISION,
    MODEL_INCOMPLETE,
    MODEL_UNSUPPORTED,
    MODEL_OFFLINE,
    MODEL_DOWNLOAD_REFUSED,
    MODEL_DOWNLOAD_FAILED,
    MODEL_CHECKSUM,
    MODEL_CONFIG,
    CHECKPOINT_CORRUPT,
    CHECKPOINT_UNSAFE,
    CHECKPOINT_MISSING_WEIGHT,
    CHECKPOINT_SHAPE,
    CHECKPOINT_TYPE,
    TOKENIZER_UNREADABLE,
    TOKENIZER_LIBRARY,

    // Inputs, training, archives.
    INPUT_NULL,
    INPUT_TOO_LONG,
    DATA_UNREADABLE,
    DATA_LABEL_UNKNOWN,
    SCALE_VALUE_OUTSIDE,
    SPAN_OUTSIDE,
    SPAN_OVERLAP,
    SPAN_WITHIN_WORD,
    SPAN_TOO_LONG,
    CANDIDATE_UNKNOWN,
    EVALUATION_NO_EXAMPLES,
    EVALUATION_BELOW_BAR,
    COMPARISON_SETTING,
    TRAINING_TOO_FEW_EXAMPLES,
    TRAINING_OPTION_OUT_OF_RANGE,
    TRAINING_DIVERGED,
    TRAINING_CHECKPOINT,
    TRAINING_STOPPED,
    TRAINING_UNLABELED_MISSING,
    TEMPLATE_SEARCH_EMPTY,
    GENERATION_OPTION_OUT_OF_RANGE,
    GENERATION_EMPTY_PROMPT,
    GENERATION_NOTHING_ALLOWED,
    GENERATION_NOT_FINITE,
    MODEL_NOT_FINITE,
    SERVING_BACKBONE,
    SERVING_OVERLOADED,
    SERVING_DEADLINE,
    SERVING_INTERRUPTED,
    SERVING_SETTING,
    REQUEST_UNREADABLE,
    REQUEST_TOO_LARGE,
    REQUEST_TOO_SLOW,
    REQUEST_FORBIDDEN,
    REQUEST_UNKNOWN,
    ARCHIVE_UNREADABLE,
    ARCHIVE_MISMATCH,
    ADAPTER_UNREADABLE,
    ADAPTER_UNSUPPORTED,
    ADAPTER_MISMATCH,
    DISK_WRITE,

    // Applications that are configured.
    CONFIG_TASK_UNKNOWN,
    CONFIG_ARCHIVE_MISSING,
    CONFIG_SETTING,
    EVENT_LOOP,
    NATIVE_IMAGE;

    private static final String PAGE = "docs/errors.md#";

    /** The problems the compiler reports; the runtime repeats some of them. */
    public static Set<Problem> ofCompiler() {
        return EnumSet.range(TEMPLATE_SYNTAX, INTERNAL_ERROR);
    }

    /** The name in messages and in {@code docs/errors.md}: {@code TEMPLATE_SYNTAX} is {@code TemplateSyntax}. */
    public String code() {
        StringBuilder code = new StringBuilder();
        for (String word : name().split("_")) {
            code.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return code.toString();
    }

    /** The whole message: {@code [Code]}, the details, whose first line stands alone, and the page that explains it. */
    public String message(String details) {
        return "[" + code() + "] " + details.strip() + "\n  See " + PAGE + code();
    }
}
