/**
 * One backbone asked by several at once: what they ask in the same moment rides in one batch, each row with what is added to
 * it alone. Who asks does not notice, but that others are waited for.
 */
@NullMarked
package dev.cloze.runtime.backbone.joint;

import org.jspecify.annotations.NullMarked;
