package dev.cloze.runtime.backbone.t5;

import com.google.auto.service.AutoService;
import com.google.gson.JsonObject;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.runtime.backbone.TiedHead;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.List;
import java.util.Set;

/** T5, T5 1.1 (with it the checkpoints adapted to language modelling), mT5 and umT5 as Hugging Face checkpoints hold them. */
@AutoService(BackboneFamily.class)
public final class T5Family implements BackboneFamily {

    @Override
    public Set<String> modelTypes() {
        return Set.of("t5", "mt5", "umt5");
    }

    /** There is none. */
    @Override
    public String basePrefix() {
        return "";
    }

    @Override
    public List<String> otherNames(String name) {
        return name.equals("shared.weight")
                ? List.of("encoder.embed_tokens.weight", "decoder.embed_tokens.weight")
                : List.of();
    }

    @Override
    public T5 load(String model, JsonObject config, Checkpoint checkpoint, ComputeDevice device) {
        WeightsReader reader = new WeightsReader(checkpoint, this, model);
        T5Config said = T5Config.of(config);
        boolean own = said.tied() && TiedHead.isOwn(reader, "shared.weight", "lm_head.weight");
        return T5.load(own ? said.untied() : said, checkpoint, model, device);
    }
}
