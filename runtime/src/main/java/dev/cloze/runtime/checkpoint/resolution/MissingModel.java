package dev.cloze.runtime.checkpoint.resolution;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.hub.ModelEnvironment;
import dev.cloze.vocabulary.folder.KnownModels;
import dev.cloze.vocabulary.folder.ModelName;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why there is no model of a name, what was probably meant, and where it could come from. */
record MissingModel(ModelResolver resolver, ModelEnvironment environment, String name) {

    /** MODEL_NOT_FOUND: it is nowhere. */
    ClozeException notFound() {
        if (ModelName.lacksRevision(name) || (KnownModels.isOwn(name) && name.contains("@"))) {
            return revision();
        }
        boolean path = !ModelResolver.isName(name) || ModelResolver.isBelowFolder(name);
        String end = ModelResolver.isName(name) ? ". " : ", and it cannot be the name of a model. ";
        String first = "There is no model " + (path ? "folder " : "") + "\"" + name + "\"" + end;
        return new ClozeException(
                Problem.MODEL_NOT_FOUND, (first + resolver.suggestion(name)).strip() + "\n  " + lookedAt() + cure());
    }

    /** MODEL_REVISION: what stands behind its @ can't be one, or none can stand there. */
    private ClozeException revision() {
        String repository = ModelName.repository(name);
        String behind = name.substring(repository.length() + 1);
        boolean own = KnownModels.isOwn(name);
        String first = own
                ? "The model \"" + repository + "\" comes in a jar, which has a version, and no revisions."
                : behind.isEmpty()
                        ? "The model \"" + name + "\" lacks the revision behind its @."
                        : "\"" + behind + "\" cannot be the revision of a model.";
        String cure = own
                ? "Write \"" + repository
                        + "\", and choose the version of its jar where the program's dependencies are."
                : "Write a branch, a tag or a commit of the hub there, as in \"" + repository
                        + "@main\", or the name alone, of which the newest is taken.";
        return new ClozeException(Problem.MODEL_REVISION, first + "\n  " + cure + "\n  " + lookedAt());
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
                    + " here. A model of the hub of this name is fetched by: hf download " + download();
        }
        return environment.token() == null
                ? "\n  If it is a private model of the hub, set HF_TOKEN to a token of an account that may read it."
                : "";
    }

    /** As the tool of Hugging Face wants it. */
    private String download() {
        String repository = ModelName.repository(name);
        return repository.equals(name) ? name : repository + " --revision " + name.substring(repository.length() + 1);
    }

    private String lookedAt() {
        return "Looked at:\n"
                + resolver.explain(name).stream().map(place -> "    " + place).collect(Collectors.joining("\n"));
    }
}
