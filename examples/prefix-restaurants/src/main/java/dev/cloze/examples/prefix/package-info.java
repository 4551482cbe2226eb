/** Facts about restaurants are told in sentences by a prefix, on a model that stays as it is: see {@code PrefixExample}. */
@NullMarked
package dev.cloze.examples.prefix;

import org.jspecify.annotations.NullMarked;
