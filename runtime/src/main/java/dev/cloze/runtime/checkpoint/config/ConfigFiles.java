package dev.cloze.runtime.checkpoint.config;

/** The names of the configuration files that a model's folder may have. */
public final class ConfigFiles {

    /** What the model is. */
    public static final String MODEL = "config.json";
    /** How it writes. */
    public static final String GENERATION = "generation_config.json";
    /** What its tokenizer is changed by. */
    public static final String TOKENIZER = "tokenizer_config.json";
    /** What makes sentence vectors of it, in the order of their work. */
    public static final String MODULES = "modules.json";

    /** Which hidden states they are made of, where {@link #MODULES} has it in its usual place. */
    public static final String POOLING = "1_Pooling/config.json";

    private ConfigFiles() {}
}
