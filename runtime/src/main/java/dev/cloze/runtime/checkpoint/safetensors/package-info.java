/**
 * Files of the safetensors format, read and written. Their header is checked whole before a number is looked at.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.safetensors;

import org.jspecify.annotations.NullMarked;
