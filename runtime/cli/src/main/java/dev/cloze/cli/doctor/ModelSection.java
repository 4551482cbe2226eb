package dev.cloze.cli.doctor;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.folder.Place;
import dev.cloze.runtime.checkpoint.folder.Place.State;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.classification.MaskFiller;
import dev.cloze.runtime.classification.MaskFiller.Filling;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where a model would come from, and, if it is on this machine, whether it works. */
final class ModelSection implements Section {

    private static final String TRIAL = "Paris is the capital of {mask}";

    private final String name;
    private final EngineSection engine;

    ModelSection(String name, EngineSection engine) {
        this.name = name;
        this.engine = engine;
    }

    @Override
    public String title() {
        return "Model " + name;
    }

    @Override
    public void examine(Report report) {
        ModelResolver resolver = ModelResolver.standard();
        List<Place> places = resolver.explain(name);
        for (Place place : places) {
            report.fact(place.origin().shown(), place.location() + " (" + place.details() + ")");
        }
        if (places.stream().anyMatch(place -> place.state() == State.FOUND)) {
            ModelFolder folder = resolver.resolve(name);
            report.fact("it is taken from", folder.path());
            tryOut(report);
        } else {
            nowhere(report, resolver, places);
        }
    }

    private void nowhere(Report report, ModelResolver resolver, List<Place> places) {
        List<Place> begun = places.stream()
                .filter(place -> place.state() == State.INCOMPLETE)
                .filter(place -> place.origin() == Origin.FOLDER || place.origin() == Origin.MODELS)
                .toList();
        places.stream()
                .filter(place -> place.state() == State.INCOMPLETE && place.origin() != Origin.CLASS_PATH)
                .forEach(place -> new ModelFolder(name, Path.of(place.location()), place.origin()).requireSupported());
        if (!begun.isEmpty()) {
            report.problem(Problem.MODEL_INCOMPLETE.message("The model folder "
                    + begun.get(0).location() + " " + begun.get(0).details()
                    + ".\n  Put what is missing there, or let CLOZE_MODELS name other folders."));
        } else if (places.stream().anyMatch(place -> place.state() == State.NOT_ASKED)) {
            report.fact("it is taken from", "the hub, which is asked when it is first used");
            toBeAsked(report, resolver.suggestion(name));
        } else {
            // Nothing is asked over the network here: this fails, and says why.
            resolver.resolve(name);
        }
    }

    private void toBeAsked(Report report, String suggestion) {
        if (suggestion.isEmpty()) {
            report.open("The model \"" + name
                    + "\" is not on this machine; whether the hub has it shows when it is first used.");
        } else {
            report.problem(Problem.MODEL_NOT_FOUND.message("There is no model \"" + name + "\" on this machine. "
                    + suggestion + "\n  Only the hub could have it, which is not asked here."));
        }
    }

    private void tryOut(Report report) {
        if (!engine.loaded()) {
            report.fact("trial", "none, as libtorch is not loaded");
            return;
        }
        long start = System.nanoTime();
        try (MaskFiller filler = MaskFiller.open(name)) {
            // A decoder sees nothing of what stands behind its mask.
            String trial = filler.model().backbone().kind() == BackboneKind.DECODER ? TRIAL : TRIAL + ".";
            Filling best = filler.fill(trial, 1).get(0);
            report.fact(
                    "trial",
                    String.format(
                            Locale.ROOT,
                            "\"%s\" - \"%s\" with probability %.2f, %.1f s with loading",
                            trial,
                            filler.model()
                                    .tokenizer()
                                    .decode(new int[] {best.id()})
                                    .strip(),
                            best.probability(),
                            (System.nanoTime() - start) / 1e9));
        }
    }
}
