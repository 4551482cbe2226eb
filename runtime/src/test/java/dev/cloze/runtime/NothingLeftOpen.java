package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.model.OpenModels;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** After each test no model is open, and no root of native memory more than before it. */
public final class NothingLeftOpen implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace ROOTS = Namespace.create(NothingLeftOpen.class);

    @Override
    public void beforeEach(ExtensionContext test) {
        test.getStore(ROOTS).put(ROOTS, OpenRoots.count());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        assertThat(OpenModels.count()).isZero();
        assertThat(OpenRoots.count()).isEqualTo(test.getStore(ROOTS).get(ROOTS, Integer.class));
    }
}
