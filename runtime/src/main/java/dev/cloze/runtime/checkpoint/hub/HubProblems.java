package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.vocabulary.folder.ModelName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Says what went wrong with the download of one model, and what to set. */
final class HubProblems {

    private final ModelEnvironment environment;
    private final String model;
    private final String page;
    private final String files;

    HubProblems(ModelEnvironment environment, ModelName model) {
        this.environment = environment;
        this.model = model.toString();
        this.page = environment.endpoint() + "/" + model.repository();
        this.files = page + "/tree/" + (model.revision() == null ? HubCache.NEWEST : model.revision());
    }

    /** Refuses an address or a token that cannot be one, before anything is sent. */
    void checkSettings() {
        String scheme = environment.endpoint().getScheme();
        if (environment.endpoint().getHost() == null
                || environment.endpoint().getPort() > HubClient.LAST_PORT
                || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new ClozeException(
                    Problem.MODEL_DOWNLOAD_FAILED,
                    "The model \"" + model + "\" could not be downloaded: HF_ENDPOINT is \"" + environment.endpoint()
                            + "\", which is no address of a hub.\n  Write it as https://huggingface.co, or unset it.");
        }
        if (new HubProxies(environment.proxies()).isUnreadable(environment.endpoint())) {
            throw new ClozeException(
                    Problem.MODEL_DOWNLOAD_FAILED,
                    "The model \"" + model + "\" could not be downloaded: " + scheme.toUpperCase(Locale.ROOT)
                            + "_PROXY names no HTTP proxy.\n  Write it as http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT,"
                            + " or unset it.");
        }
        if (environment.token() != null && !environment.token().matches("[!-~]+")) {
            throw new ClozeException(
                    Problem.MODEL_DOWNLOAD_REFUSED,
                    "The model \"" + model + "\" was not asked for: HF_TOKEN holds characters that no token has.\n"
                            + "  Set it to the token alone, as " + environment.endpoint()
                            + "/settings/tokens shows it.");
        }
    }

    /** 401 and 403. */
    ClozeException refused(int status, String errorCode) {
        String cure;
        if (errorCode.equals("GatedRepo")) {
            cure = "Its owner asks for consent: accept the conditions at " + page
                    + ", then set HF_TOKEN to a token of that account (" + environment.endpoint()
                    + "/settings/tokens).";
        } else if (environment.token() == null) {
            cure = "It is private, or asks for consent at " + page
                    + ". Set HF_TOKEN to a token of an account that may read it (" + environment.endpoint()
                    + "/settings/tokens).";
        } else if (status == 401) {
            cure = "The token that is set was not accepted: it may be wrong or expired. Set HF_TOKEN to a valid one ("
                    + environment.endpoint() + "/settings/tokens), or unset it for a public model.";
        } else {
            cure = "The token that is set may not read it. Accept its conditions at " + page
                    + " if it has any, and allow the token to read the repository.";
        }
        return new ClozeException(
                Problem.MODEL_DOWNLOAD_REFUSED,
                "The hub refused to hand out the model \"" + model + "\" (HTTP " + status + ").\n  " + cure);
    }

    /** Any other answer that is no file. */
    ClozeException strange(int status, String what) {
        return new ClozeException(
                Problem.MODEL_DOWNLOAD_FAILED,
                "The model \"" + model + "\" could not be downloaded: " + environment.endpoint() + " answered " + what
                        + " (HTTP " + status + ").\n  "
                        + "Is HF_ENDPOINT the address of a Hugging Face hub, and is there no log-in page of a network in between?");
    }

    /** A file that may never end. */
    ClozeException unannounced(RemoteFile file, long most) {
        return new ClozeException(
                Problem.MODEL_DOWNLOAD_FAILED,
                "The file " + file.name() + " of the model \"" + model + "\" could not be downloaded: "
                        + environment.endpoint()
                        + " does not tell its size, and sent " + megabytes(most) + " of it.\n  "
                        + "What is so large must be announced, or it might never end. Set HF_ENDPOINT to another mirror.");
    }

    /** No answer, or none that helps, after all tries. */
    ClozeException failed(IOException cause) {
        return new ClozeException(
                Problem.MODEL_DOWNLOAD_FAILED,
                "The model \"" + model + "\" could not be downloaded: " + describe(cause) + ".\n  " + cure(cause)
                        + "\n  What has arrived is kept, and the next try goes on from there.",
                cause);
    }

    /** What happened, without the end of a sentence. */
    String describe(IOException failure) {
        if (failure instanceof TryAgain answer) {
            String asked = answer.after()
                    .map(after -> " and asks to wait " + shown(after))
                    .orElse("");
            return answer.status() == 429
                    ? "the hub says that it was asked too often (HTTP 429)" + asked
                    : "the hub has trouble of its own (HTTP " + answer.status() + ")" + asked;
        }
        return "the connection to " + environment.endpoint() + " failed (" + ConnectionFailure.reason(failure) + ")";
    }

    private String cure(IOException cause) {
        if (cause instanceof TryAgain answer && answer.status() == 429) {
            return environment.token() == null
                    ? "Wait a while, or set HF_TOKEN: the hub allows more to those it knows."
                    : "Wait a while before you try again.";
        }
        if (cause instanceof TryAgain) {
            return "Try again later, or set HF_ENDPOINT to a mirror.";
        }
        return ConnectionFailure.cure(cause);
    }

    /** The content is not what the hub announced. */
    ClozeException checksum(RemoteFile file) {
        return new ClozeException(
                Problem.MODEL_CHECKSUM,
                "The file " + file.name() + " of the model \"" + model + "\" arrived damaged: it does not match "
                        + file.etag()
                        + ", by which the hub knows it.\n  "
                        + "It was deleted and nothing of it used. Try again; if it happens once more, something between the hub"
                        + " and this machine changes files (a proxy or a mirror).");
    }

    /** The disk takes no more. */
    ClozeException disk(Path place, IOException cause) {
        return new ClozeException(
                Problem.DISK_WRITE,
                "The model \"" + model + "\" could not be written to " + place + ": " + cause.getMessage() + ".\n  "
                        + "Free some space and try again, which goes on from there; or set HF_HUB_CACHE to a folder on another disk.",
                cause);
    }

    /** The disk would not take it all. */
    ClozeException space(Path folder, long needed, long free) {
        return new ClozeException(
                Problem.DISK_WRITE,
                "The model \"" + model + "\" needs " + megabytes(needed) + " in " + folder + ", where "
                        + megabytes(free)
                        + " are free; nothing was downloaded.\n  "
                        + "Free some space, or set HF_HUB_CACHE to a folder on another disk.");
    }

    /** The hub has no whole model under this name. */
    ClozeException incomplete(List<String> missing) {
        return new ClozeException(
                Problem.MODEL_INCOMPLETE,
                "The hub's model \"" + model + "\" lacks " + String.join(", ", missing) + ".\n  "
                        + "Choose a model whose files at " + files + " include them.");
    }

    /** The hub has the model, but no branch, tag or commit of this name. */
    ClozeException revision(ModelName name) {
        return new ClozeException(
                Problem.MODEL_REVISION,
                "The hub's model \"" + name.repository() + "\" has no revision \"" + name.revision() + "\".\n  "
                        + "Behind the @ stands a branch, a tag or a commit, as " + page
                        + "/commits/main lists them; without it the newest is taken.");
    }

    /** {@code 440 MB}. */
    static String megabytes(long bytes) {
        return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }

    private static String shown(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }
}
