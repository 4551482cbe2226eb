/** Programs that help to check Cloze where its tests cannot run. */
@NullMarked
package dev.cloze.testkit;

import org.jspecify.annotations.NullMarked;
