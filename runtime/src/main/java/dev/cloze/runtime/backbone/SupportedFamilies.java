package dev.cloze.runtime.backbone;

import com.google.auto.service.AutoService;
import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.folder.SupportedModels;

/** The models that a family on the class path reads. */
@AutoService(SupportedModels.class)
public final class SupportedFamilies implements SupportedModels {

    @Override
    public void require(String model, JsonObject config) {
        BackboneFamilies.of(model, config);
    }
}
