/**
 * Turns an input into the tokens a model reads: the template's fixed parts whole, its placeholders cut fairly to the room
 * there is.
 */
@NullMarked
package dev.cloze.runtime.template;

import org.jspecify.annotations.NullMarked;
