/**
 * The keys of a model's configuration files, none of which is overlooked: each is obeyed, harmless, refused or told of.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.config;

import org.jspecify.annotations.NullMarked;
