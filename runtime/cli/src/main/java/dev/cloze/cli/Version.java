package dev.cloze.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of Cloze, from the jar's manifest. */
public final class Version implements IVersionProvider {

    /** Such as 0.1.0, or a word where there is no jar. */
    public static String ofCloze() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Cloze " + ofCloze()};
    }
}
