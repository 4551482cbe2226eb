/** Language models by architecture: a configuration, a table of published weight names, and a kernel each. */
@NullMarked
package dev.cloze.runtime.backbone;

import org.jspecify.annotations.NullMarked;
