/** The compute core: native memory, devices, and kernels, the only code that knows how DJL reaches libtorch. */
@NullMarked
package dev.cloze.runtime.engine;

import org.jspecify.annotations.NullMarked;
