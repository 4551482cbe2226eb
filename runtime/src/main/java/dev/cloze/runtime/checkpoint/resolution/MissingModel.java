package dev.cloze.runtime.checkpoint.resolution;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.hub.ModelEnvironment;
import dev.cloze.vocabulary.folder.KnownModels;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why there is no model of a name, what was probably meant, and where it could come from. */
record MissingModel(ModelResolver resolver, ModelEnvironment environment, String name) {

    /** MODEL_NOT_FOUND: it is nowhere. */
    ClozeException notFound() {
        boolean path = !ModelResolver.isName(name) || ModelResolver.isBelowFolder(name);
        String end = ModelResolver.isName(name) ? ". " : ", and it cannot be the name of a model. ";
        String first = "There is no model " + (path ? "folder " : "") + "\"" + name + "\"" + end;
        return new ClozeException(
                Problem.MODEL_NOT_FOUND, (first + resolver.suggestion(name)).strip() + "\n  " + lookedAt() + cure());
    }

    /** MODEL_OFFLINE: only the hub could have it, which is not to be asked. */
    ClozeException offline() {
        return new ClozeException(
                Problem.MODEL_OFFLINE,
                ("The model \"" + name + "\" is not whole on this machine, and " + environment.offlineBecause()
                                        + " forbids to download it. " + resolver.suggestion(name))
                                .strip()
                        + "\n  " + lookedAt() + "\n  "
                        + "Unset that to download it, or put its folder into one of cloze.models (CLOZE_MODELS).");
    }

    /** The hub's problem, and what may have been meant if the name is wrong. */
    ClozeException ofHub(ClozeException problem) {
        String suggestion = resolver.suggestion(name);
        boolean mayBeName = problem.problem() == Problem.MODEL_DOWNLOAD_FAILED
                || problem.problem() == Problem.MODEL_DOWNLOAD_REFUSED;
        return mayBeName && !suggestion.isEmpty()
                ? new ClozeException(
                        problem.problem(), problem.details().stripTrailing() + "\n  " + suggestion, problem)
                : problem;
    }

    private String cure() {
        Optional<String> artifact = KnownModels.artifact(name);
        if (artifact.isPresent()) {
            return "\n  It comes with " + artifact.get()
                    + ": add that to the dependencies of the program (scope runtime).";
        }
        if (!ModelResolver.isName(name) || KnownModels.isOwn(name)) {
            return "";
        }
        if (ModelResolver.isBelowFolder(name)) {
            return "\n  It is taken for a path, as there is a folder " + FolderSource.parent(name)
                    + " here. A model of the hub of this name is fetched by: hf download " + name;
        }
        return environment.token() == null
                ? "\n  If it is a private model of the hub, set HF_TOKEN to a token of an account that may read it."
                : "";
    }

    private String lookedAt() {
        return "Looked at:\n"
                + resolver.explain(name).stream().map(place -> "    " + place).collect(Collectors.joining("\n"));
    }
}
