package dev.cloze.spring.boot.test;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Gives tests of pipelines their properties: the quick model, and no archives. */
final class ClozeTestContextBootstrapper extends TestSliceTestContextBootstrapper<ClozeTest> {

    private static final String[] USUAL = {"cloze.quick=true", "cloze.untrained=true", "cloze.lazy=true"};

    /** For Spring, which makes it by reflection. */
    ClozeTestContextBootstrapper() {}

    @Override
    protected String[] getProperties(Class<?> testClass) {
        String @Nullable [] own = super.getProperties(testClass);
        return own == null
                ? USUAL.clone()
                : Stream.concat(Stream.of(USUAL), Stream.of(own)).toArray(String[]::new);
    }
}
