package dev.cloze.annotations;

/** How the language model is tuned for a task. */
public enum TuningMethod {
    /**
     * All weights are tuned, with cross-entropy over the label words at the mask (Gao et al. 2021, LM-BFF, arXiv
     * 2012.15723, section 3); where a text is written, over the tokens of the pairs' texts.
     */
    PROMPT_FINE_TUNING,
    /**
     * Pattern-exploiting training: models of several templates label texts that have no label, and one classifier learns from
     * these soft labels (Schick and Schütze 2021, arXiv 2001.07676, section 3).
     */
    PET,
    /**
     * Iterative PET: the models are trained in generations, each on more texts that others of the generation before labelled
     * (Schick and Schütze 2021, arXiv 2001.07676, section 3.4).
     */
    IPET,
    /**
     * Nothing is tuned: the pretrained model reads labelled examples before the input (Brown et al. 2020, arXiv 2005.14165,
     * section 2).
     */
    IN_CONTEXT,
    /**
     * Prompt-based fine-tuning in which each text is read with an example of every label (Gao et al. 2021, LM-BFF, arXiv
     * 2012.15723, section 6).
     */
    LM_BFF,
    /**
     * A linear classifier learns the words of the inputs, weighted by how rare they are; no language model (the first
     * paradigm: features made by hand). It reads the first template's placeholders alone. See {@link TfIdf}.
     */
    TF_IDF,
    /**
     * A bidirectional LSTM over word vectors is trained, from nothing or from a file of vectors; no language model (the second
     * paradigm: networks made for the task). It reads the first template's placeholders alone. See {@link Lstm}.
     */
    LSTM,
    /**
     * A new classification head on the hidden states, and all weights below it, are tuned with cross-entropy over the labels
     * (Devlin et al. 2019, BERT, arXiv 1810.04805; the third paradigm: pretrained models with heads of their own). It reads the
     * first template's placeholders alone. See {@link FineTuning}.
     */
    FINE_TUNING,
    /**
     * The model is tuned as a sentence encoder on pairs of examples, and a logistic regression learns the labels from its
     * vectors (Tunstall et al. 2022, SetFit, arXiv 2209.11055). It reads the first template's placeholders alone.
     */
    SETFIT,
    /**
     * Virtual tokens before the input are trained alone: the language model stays as it is, byte for byte (Lester et al. 2021,
     * arXiv 2104.08691). See {@link PromptTuning}.
     */
    PROMPT_TUNING,
    /**
     * Virtual tokens among the words of the template are trained through a network that is dropped afterwards, with the language
     * model or alone (Liu et al. 2021, GPT Understands, Too, arXiv 2103.10385). See {@link PTuning}.
     */
    P_TUNING,
    /**
     * Keys and values of virtual tokens in every layer are trained alone: the language model stays as it is (Li and Liang 2021,
     * arXiv 2101.00190). See {@link PrefixTuning}.
     */
    PREFIX_TUNING,
    /**
     * Keys and values of virtual tokens in every layer and a new classification head are trained; the language model stays as it
     * is (Liu et al. 2022, P-tuning v2, arXiv 2110.07602). It reads the first template's placeholders alone. See
     * {@link PTuningV2}.
     */
    P_TUNING_V2,
    /**
     * Virtual tokens before the input are trained that are a prompt shared by several tasks times a matrix of low rank of the task's
     * own; the language model stays as it is (Wang et al. 2023, MPT, arXiv 2303.02861). See {@link MultitaskPromptTuning}.
     */
    MULTITASK_PROMPT_TUNING
}
