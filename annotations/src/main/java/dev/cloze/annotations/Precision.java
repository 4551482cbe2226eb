package dev.cloze.annotations;

/**
 * In which numbers a model's layers multiply. Embeddings, scores, trained weights and the optimizer are float32 in any case; layer norms
 * and softmax add up in float32.
 */
public enum Precision {
    /** 24 bits of each number count. */
    FLOAT32,
    /** 8 bits of each number count, in half the memory; refused where the machine has no such products. */
    BFLOAT16,
    /** {@link #BFLOAT16} where the processor is faster in it, by AMX, Arm's instructions or AMD's, elsewhere {@link #FLOAT32}. */
    AUTO
}
