package dev.cloze.runtime.checkpoint;

import java.util.List;
import java.util.Optional;

/** Models of the Hugging Face hub, downloaded into its cache. */
final class HubSource implements ModelSource {

    private final ModelEnvironment environment;

    HubSource(ModelEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Optional<ModelFolder> find(String name) {
        return Optional.empty();
    }

    @Override
    public List<Place> explain(String name) {
        String address = environment.endpoint() + "/" + name;
        return List.of(
                environment.offline()
                        ? new Place(
                                Origin.HUB,
                                address,
                                Place.State.SWITCHED_OFF,
                                "downloads are switched off by " + environment.offlineBecause())
                        : new Place(Origin.HUB, address, Place.State.NOT_ASKED, "would be asked for it last"));
    }

    @Override
    public List<String> names() {
        return List.of();
    }
}
