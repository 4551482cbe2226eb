package dev.cloze.runtime.engine;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a native library did not load, and what to do: the libraries say it in a line of the linker's, or not at all. */
public final class NativeLoadFailure {

    /** What musl's linker says of libraries that are built for glibc. */
    private static final Pattern MUSL = Pattern.compile("error loading shared library|error relocating");

    private static final int DEEPEST = 20;

    private NativeLoadFailure() {}

    /** The first line of what the first of its causes says; where that says nothing, what it is. */
    public static String innermost(Throwable failure) {
        List<Throwable> causes = causes(failure).toList();
        return firstLine(causes.get(causes.size() - 1));
    }

    /** The first line of what was said; where nothing was, what it is. */
    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }

    /** The reason with its cure, on lines of their own; empty where it is none that is known. */
    public static Optional<String> reason(Throwable failure) {
        if (has(failure, NativeLoadFailure::isDenial)) {
            return Optional.of("\n  This JVM lets nobody call native libraries (--illegal-native-access=deny): "
                    + said(failure, NativeLoadFailure::isDenial)
                    + ".\n  Start it with --enable-native-access=ALL-UNNAMED or, where that code is in modules, with their"
                    + " names.");
        }
        if (has(failure, NativeLoadFailure::isLoadedElsewhere)) {
            return Optional.of(
                    "\n  It has been loaded by another class loader of this process, as another web application of the"
                            + " same container has, and a process can load it once: "
                            + said(failure, NativeLoadFailure::isLoadedElsewhere)
                            + ".\n  Put DJL's jars where a class loader above both applications finds them, and into neither of them.");
        }
        if (has(failure, one -> text(one).contains("failed to map segment"))) {
            return Optional.of("\n  The folder that it is unpacked to lets no programs run (it is mounted noexec): "
                    + said(failure, one -> text(one).contains("failed to map segment"))
                    + ".\n  Set DJL_CACHE_DIR to a folder that lets them, and -Djava.io.tmpdir to another such one.");
        }
        if (has(
                failure,
                one -> one instanceof UnsatisfiedLinkError
                        && MUSL.matcher(text(one)).find())) {
            return Optional.of(
                    "\n  It is built for the C library glibc, and this system has another, musl, as Alpine does: "
                            + said(failure, one -> MUSL.matcher(text(one)).find())
                            + ".\n  Use a system with glibc, such as an image of Debian's or Ubuntu's in place of Alpine's.");
        }
        if (has(failure, NativeLoadFailure::isUnwritable)) {
            return Optional.of("\n  It could not be unpacked: " + said(failure, NativeLoadFailure::isUnwritable)
                    + ".\n  Set DJL_CACHE_DIR to a folder that this user may write to, and CLOZE_CACHE for models.");
        }
        return Optional.empty();
    }

    private static boolean isDenial(Throwable one) {
        return one instanceof IllegalCallerException && text(one).contains("native access");
    }

    private static boolean isLoadedElsewhere(Throwable one) {
        return one instanceof UnsatisfiedLinkError && text(one).contains("already loaded in another classloader");
    }

    private static boolean isUnwritable(Throwable one) {
        return one instanceof AccessDeniedException
                || (one instanceof FileSystemException && text(one).contains("read-only file system"));
    }

    private static boolean has(Throwable failure, Predicate<Throwable> wanted) {
        return causes(failure).anyMatch(wanted);
    }

    private static String said(Throwable failure, Predicate<Throwable> wanted) {
        return String.valueOf(
                causes(failure).filter(wanted).findFirst().orElse(failure).getMessage());
    }

    private static Stream<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        @Nullable Throwable next = failure;
        while (next != null && causes.size() < DEEPEST) {
            causes.add(next);
            next = next.getCause();
        }
        return causes.stream();
    }

    private static String text(Throwable one) {
        return String.valueOf(one.getMessage()).toLowerCase(Locale.ROOT);
    }
}
