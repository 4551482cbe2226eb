package dev.cloze.runtime.checkpoint.folder;

import com.google.gson.JsonObject;

/** Knows which models can be run, so that nothing more is looked at, or downloaded, of one that can't; a service. */
public interface SupportedModels {

    /**
     * Says whether a model of this configuration can be run.
     *
     * @throws dev.cloze.problem.ClozeException MODEL_UNSUPPORTED, with the kinds there are
     */
    void require(String model, JsonObject config);
}
